"""The line at the bottom: what goes on and how long it takes, model and device, how many photos."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app import wording
from app.status.words import counts_text, device_text, failed_text, model_text, phase_text
from app.theme import Theme
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon
from core.events import Progress

HEIGHT = 30
BAR_WIDTH = 180
PHASE_WIDTH = 260


class StatusLine(QWidget):
    """One line; what is not needed is not there, and what does not fit goes first.

    A click on it, or on the model's name, asks for details.
    """

    pause_asked = Signal()
    resume_asked = Signal()
    failed_asked = Signal()
    details_asked = Signal(int)  # x of the click

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._progress = Progress()
        self._trouble = ""
        self._phase = ElidedLabel()
        self._phase.setMaximumWidth(PHASE_WIDTH)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(self.tr("Indexing"))
        self._counts, self._rate, self._left = QLabel(), QLabel(), QLabel()
        self._battery = QLabel(self.tr("On battery: slower"))
        self._battery_sign = QLabel()
        self._pause = _link("pause")
        self._pause.clicked.connect(self._toggle)
        self._failed = _link("failed")
        self._failed.clicked.connect(self.failed_asked)
        self._wrong = _link("status_trouble")
        self._wrong.clicked.connect(self._ask_at_button)
        self._model = _link("status_model")
        self._model.setAccessibleDescription(self.tr("Shows the details of indexing"))
        self._model.clicked.connect(self._ask_at_button)
        self._photos = QLabel()
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(12)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # parts are left out
        for widget in (
            self._phase,
            self._bar,
            self._counts,
            self._rate,
            self._left,
            self._battery_sign,
            self._battery,
            self._pause,
            self._failed,
        ):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._wrong)
        line.addWidget(self._model)
        line.addWidget(self._photos)
        self.set_theme(theme)
        self._fit()  # nothing is known yet

    @contained(QSize)
    def minimumSizeHint(self) -> QSize:
        """Any width will do: parts are left out."""
        return QSize(200, HEIGHT)

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """One line, higher where the text is larger."""
        return QSize(800, max(HEIGHT, self.fontMetrics().height() + 14))

    @property
    def text(self) -> str:
        """What the line says of progress."""
        parts = (self._phase, self._counts, self._rate, self._left)
        return " ".join(part.text() for part in parts if part.text())

    @property
    def photos(self) -> str:
        """What the line says of how many photos there are."""
        return self._photos.text()

    @property
    def failed(self) -> str:
        """What the line says of files that could not be read, or ""."""
        return self._failed.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._battery_sign.setPixmap(icon("battery-low", theme.colour("dim")).pixmap(16, 16))
        self._wrong.setIcon(icon("triangle-alert", theme.colour("warning"), 14))
        self._failed.setIcon(icon("triangle-alert", theme.colour("warning"), 14))

    @Slot(object)
    def show_progress(self, progress: Progress, where: str = "") -> None:
        """Say how far indexing is; `where`: the name of the folder that it is in."""
        self._progress = progress
        working = progress.phase != "idle"
        paused = progress.phase == "paused"
        counted = working and progress.total > 0
        moving = counted and not paused
        self._phase.setText(phase_text(progress, where))
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(progress.done)
        self._counts.setText(counts_text(progress) if counted else "")
        self._rate.setText(wording.rate(progress.rate) if moving and progress.rate > 0 else "")
        left = progress.eta if moving else None
        self._left.setText("" if left is None else wording.remaining(left))
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._fit()

    def show_failed(self, files: int, folders: int) -> None:
        """Say how many files and folders could not be read; the button tells which."""
        self._failed.setText(failed_text(files, folders) if files or folders else "")
        self._fit()

    def show_photos(self, count: int) -> None:
        """Say how many photos there are."""
        self._photos.setText(wording.photos(count))
        self._fit()

    def show_model(self, model: str, device: str, reason: str, coming: str = "") -> None:
        """Say which model answers, and on which device; the tooltip says why there.

        `coming`: the model that answers once it has looked at all photos.
        """
        text = self.tr("{model} on {device}") if device else "{model}"  # chosen at first need
        if coming:
            text = self.tr("{model} until {coming} is ready")
        self._model.setText(
            text.format(
                model=model_text(model), device=device_text(device), coming=model_text(coming)
            )
        )
        self._model.setToolTip(reason)
        self._fit()

    def show_trouble(self, sentence: str) -> None:
        """Say that model or device are in trouble, "" when they are not; a click tells more."""
        self._trouble = sentence
        self._wrong.setText(self.tr("Model trouble") if sentence else "")
        self._wrong.setToolTip(sentence)
        self._wrong.setAccessibleDescription(sentence)
        self._fit()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._fit()

    @contained()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere tells more."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.details_asked.emit(round(event.position().x()))

    def _fit(self) -> None:
        """Show what there is to say, without what does not fit: the least needed goes first."""
        progress = self._progress
        working = progress.phase != "idle"
        slower = working and progress.slowed_by_battery
        said = {
            self._phase: bool(self._phase.text()),
            self._bar: working and progress.total > 0,
            self._counts: bool(self._counts.text()),
            self._rate: bool(self._rate.text()),
            self._left: bool(self._left.text()),
            self._battery_sign: slower,
            self._battery: slower,
            self._pause: working,
            self._failed: bool(self._failed.text()),
            self._wrong: bool(self._wrong.text()),
            self._model: bool(self._model.text()) and not self._trouble,
            self._photos: bool(self._photos.text()),
        }
        room = self.width() - 28
        widths = {
            w: min(w.sizeHint().width(), w.maximumWidth()) + 12
            for w, shown in said.items()
            if shown
        }
        for least in (self._rate, self._battery, self._model, self._photos, self._bar, self._left):
            if sum(widths.values()) <= room:
                break
            widths.pop(least, None)
        for widget in said:
            widget.setVisible(widget in widths)

    @Slot()
    def _ask_at_button(self) -> None:
        button = self._wrong if self.sender() is self._wrong else self._model
        self.details_asked.emit(button.geometry().center().x())

    @Slot()
    def _toggle(self) -> None:
        if self._progress.phase == "paused":
            self.resume_asked.emit()
        else:
            self.pause_asked.emit()


def _link(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setProperty("link", True)
    button.hide()
    return button
