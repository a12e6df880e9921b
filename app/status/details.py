"""What lies behind the status line: indexing in full, model and device with reasons, sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.status.words import (
    counts_text,
    device_text,
    failed_text,
    model_text,
    part_text,
    phase_text,
    speed_note,
    speed_text,
)
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from core.events import Progress

WIDTH = 400
SPEEDS = ("gentle", "normal", "full")


class StatusDetails(QFrame):
    """Opens above the line and closes at a click elsewhere or Esc."""

    pause_asked = Signal()
    resume_asked = Signal()
    failed_asked = Signal()
    speed_chosen = Signal(str)
    way_out_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("status_details")
        self.setAccessibleName(self.tr("Details of indexing"))
        self._progress = Progress()
        self._phase = _label("heading")
        self._pause = QPushButton()
        self._pause.clicked.connect(self._toggle)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Indexing"))
        self._counts = _label("note")
        self._current = ElidedLabel()
        self._current.setProperty("role", "note")
        self._battery = _label("note")
        self._battery.setText(
            self.tr(
                "The computer runs on battery, so indexing goes slower. It speeds up again at "
                "the mains."
            )
        )
        self._failed = QPushButton()
        self._failed.setObjectName("failed")
        self._failed.setProperty("link", True)
        self._failed.clicked.connect(self._to_failed)
        self._model = _label("section")
        self._reason = _label("note")
        self._trouble = _label("problem")
        self._ways = QHBoxLayout()
        self._sizes = QGridLayout()
        self._sizes_title = _label("section")
        self._sizes_title.setText(self.tr("On disk"))
        self._speed_note = _label("note")
        self._speed_note.hide()
        self._speed = QButtonGroup(self)
        self._speeds = QWidget()
        self._speeds.hide()  # until it is known
        self._build()
        self.show_progress(Progress())
        self.show_trouble("", ())

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._phase, 1)
        top.addWidget(self._pause)
        speeds = QHBoxLayout(self._speeds)
        speeds.setContentsMargins(0, 0, 0, 0)
        speeds.setSpacing(4)
        speed_title = _label("section")
        speed_title.setText(self.tr("Speed"))
        speeds.addWidget(speed_title)
        speeds.addStretch(1)
        for speed in SPEEDS:
            button = QPushButton(speed_text(speed))
            button.setObjectName(speed)
            button.setProperty("quiet", True)
            button.setCheckable(True)
            button.setAccessibleDescription(speed_note(speed))
            self._speed.addButton(button)
            speeds.addWidget(button)
        self._speed.buttonClicked.connect(self._choose_speed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._counts)
        column.addWidget(self._current)
        column.addWidget(self._battery)
        column.addWidget(self._failed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(self._model)
        column.addWidget(self._reason)
        column.addWidget(self._trouble)
        column.addLayout(self._ways)
        column.addSpacing(8)
        column.addWidget(self._speeds)
        column.addWidget(self._speed_note)
        column.addSpacing(8)
        column.addWidget(self._sizes_title)
        column.addLayout(self._sizes)
        self.setFixedWidth(WIDTH)

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """As high as what there is to say."""
        layout = self.layout()
        height = layout.heightForWidth(WIDTH) if layout is not None else 0
        return QSize(WIDTH, max(height, 80))

    def open_above(self, line: QWidget, x: int) -> None:
        """Open above the status line, around `x`, inside the window."""
        size = self.sizeHint()
        left = max(8, min(x - WIDTH // 2, line.width() - WIDTH - 8))
        self.resize(size)
        self.move(line.mapToGlobal(QPoint(left, -size.height() - 6)))
        self.show()
        self._pause.setFocus()

    def show_progress(self, progress: Progress, where: str = "") -> None:
        """Say how far indexing is."""
        self._progress = progress
        working = progress.phase != "idle"
        paused = progress.phase == "paused"
        self._phase.setText(phase_text(progress, where))
        self._pause.setVisible(working)
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._bar.setVisible(working and progress.total > 0)
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        parts = [counts_text(progress)] if progress.total else []
        if working and not paused and progress.rate > 0:
            parts.append(wording.rate(progress.rate))
        if working and not paused and progress.eta is not None:
            parts.append(wording.remaining(progress.eta))
        _say(self._counts, "   ".join(parts) if working else "")
        _say(self._current, wording.shown(progress.current) if working else "")
        self._battery.setVisible(working and progress.slowed_by_battery)
        self._fit()

    def show_failed(self, files: int, folders: int) -> None:
        """Say how many files and folders could not be read."""
        self._failed.setText(failed_text(files, folders))
        self._failed.setVisible(files + folders > 0)
        self._fit()

    def show_model(self, model: str, device: str, reason: str, coming: str = "") -> None:
        """Say which model answers, on which device, and why there.

        `coming`: the model that answers once it has looked at all photos.
        """
        text = self.tr("{model} on {device}") if device else "{model}"  # chosen at first need
        self._model.setText(text.format(model=model_text(model), device=device_text(device)))
        ready = self.tr("{model} looks at your photos, and answers once it is through.")
        about = ready.format(model=model_text(coming)) if coming else ""
        _say(self._reason, " ".join(part for part in (about, reason) if part))
        self._fit()

    def show_trouble(self, sentence: str, ways_out: Sequence[tuple[str, str]]) -> None:
        """Say what is wrong with model or device; `ways_out` are names and texts of buttons."""
        _say(self._trouble, sentence)
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for name, text in ways_out:
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(self._take_way_out)
            self._ways.addWidget(button)
            button.show()  # now: its height counts below
        self._ways.addStretch(1)
        self._fit()

    def show_speed(self, speed: str) -> None:
        """Say how fast indexing may go."""
        for button in self._speed.buttons():
            button.setChecked(button.objectName() == speed)
        _say(self._speed_note, speed_note(speed))
        self._speeds.show()
        self._fit()

    def show_sizes(self, sizes: Mapping[str, int]) -> None:
        """Say what the library takes on disk, by part."""
        while (item := self._sizes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (part, size) in enumerate(sizes.items()):
            name, value = _label("note"), _label("note")
            name.setText(part_text(part))
            value.setText(wording.size(size))
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._sizes.addWidget(name, row, 0)
            self._sizes.addWidget(value, row, 1)
            for label in (name, value):
                label.setWordWrap(False)
                label.show()  # now: its height counts below
        self._sizes_title.setVisible(bool(sizes))
        self._fit()

    def _fit(self) -> None:
        """Keep the lower edge where it is when there is more or less to say."""
        if self.isVisible():
            size, bottom = self.sizeHint(), self.geometry().bottom()
            if size != self.size():
                self.resize(size)
                self.move(self.x(), bottom - size.height() + 1)

    @Slot()
    def _toggle(self) -> None:
        if self._progress.phase == "paused":
            self.resume_asked.emit()
        else:
            self.pause_asked.emit()

    @Slot()
    def _to_failed(self) -> None:
        self.close()
        self.failed_asked.emit()

    @Slot()
    def _take_way_out(self) -> None:
        self.close()
        self.way_out_chosen.emit(self.sender().objectName())

    @Slot(object)
    def _choose_speed(self, button: QPushButton) -> None:
        self.show_speed(button.objectName())
        self.speed_chosen.emit(button.objectName())


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
