"""What exported photos shall be like: format, size, quality, metadata, names, and where they go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from app import wording
from app.sidebar.folder_dialog import folder_dialog
from app.widgets.dialog import Dialog
from app.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from core.filing.exporting import ExportOptions

LONG_SIDES = (1280, 1920, 2560, 3840)
OWN_SIZE = -1
# Whether a folder is there: disks that sleep or hang take long, so the answer comes later.
Look = Callable[[str, Callable[[bool], None]], None]
PLACEHOLDERS = "{name} {date:%Y-%m-%d} {time} {n:03} {camera}"


@dataclass(frozen=True)
class ExportChoice:
    """The person's choice, as plain values: the core is not loaded to show a dialog."""

    format: Literal["jpeg", "png", "webp", "original"] = "jpeg"
    long_side: int = 0  # pixels; 0 keeps the size
    quality: int = 90
    metadata: Literal["all", "no_place", "none"] = "all"
    pattern: str = "{name}"

    def options(self) -> ExportOptions:
        """What the core is asked for."""
        from core.filing.exporting import ExportOptions

        return ExportOptions(
            self.format, self.long_side or None, self.quality, self.metadata, self.pattern
        )


class ExportDialog(Dialog):
    """Asks how `count` photos are exported; what was chosen last is proposed.

    `look` finds out whether a folder is there, on a thread, and answers on the GUI thread.
    """

    def __init__(
        self,
        count: int,
        folder: str,
        settings: QSettings | None,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Export {photos}").format(photos=wording.photos(count)),
            parent,
            primary=self.tr("Export"),
        )
        self._settings = settings
        self._look = look
        self._looking = ""
        self.folder = folder
        self.format = self._combo(
            {
                "jpeg": self.tr("JPEG"),
                "png": self.tr("PNG"),
                "webp": self.tr("WebP"),
                "original": self.tr("Original files"),
            }
        )
        pixels = self.tr("{n} px, long side")
        sizes = {"0": self.tr("Full size")}
        sizes |= {str(side): pixels.format(n=wording.number(side)) for side in LONG_SIDES}
        self.long_side = self._combo({**sizes, str(OWN_SIZE): self.tr("Other…")})
        self.own_size = QSpinBox()
        self.own_size.setRange(16, 30_000)
        self.own_size.setValue(2000)
        self.own_size.setSuffix(self.tr(" px"))
        self.own_size.setAccessibleName(self.tr("Long side in pixels"))
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setRange(40, 100)
        self.quality.setPageStep(5)
        self._quality_shown = QLabel()
        self.metadata = self._combo(
            {
                "all": self.tr("Keep"),
                "no_place": self.tr("Keep, but not the place"),
                "none": self.tr("Remove"),
            }
        )
        self.pattern = QLineEdit()
        self.pattern.setPlaceholderText("{name}")
        self.pattern.setToolTip(PLACEHOLDERS)
        self._folder_shown = ElidedLabel()
        self._folder_shown.setObjectName("chosen_folder")
        self._folder_shown.setContentsMargins(8, 4, 8, 4)
        self._lay_out()
        self.format.currentIndexChanged.connect(self._adapt)
        self.long_side.currentIndexChanged.connect(self._adapt)
        self.metadata.currentIndexChanged.connect(self._adapt)
        self.quality.valueChanged.connect(self._show_quality)
        self._propose()
        self._adapt()
        self._show_folder()

    def _combo(self, entries: Mapping[str, str]) -> QComboBox:
        combo = QComboBox()
        for value, text in entries.items():
            combo.addItem(text, value)
        return combo

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        change = QPushButton(self.tr("Change…"))
        change.setAutoDefault(False)
        change.clicked.connect(self._choose_folder)
        change.setAccessibleName(self.tr("Choose another folder"))
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Format"), (self.format,)),
            (self.tr("Size"), (self.long_side, self.own_size)),
            (self.tr("Quality"), (self.quality, self._quality_shown)),
            (self.tr("Metadata"), (self.metadata,)),
            (self.tr("Names"), (self.pattern,)),
            (self.tr("Folder"), (self._folder_shown, change)),
        )
        for text, widgets in rows:
            line = QHBoxLayout()
            line.setSpacing(8)
            for n, widget in enumerate(widgets):
                line.addWidget(widget, 1 if n == 0 else 0)
            label = QLabel(text)
            label.setProperty("class", "dim")
            label.setBuddy(widgets[0])
            if not widgets[0].accessibleName():
                widgets[0].setAccessibleName(text)
            form.addRow(label, line)
        self.note = QLabel()
        self.note.setProperty("class", "dim")
        self.note.setWordWrap(True)
        self.content.addLayout(form)
        self.content.addWidget(self.note)

    # What is chosen

    @property
    def choice(self) -> ExportChoice:
        """What the person chose."""
        side = int(self.long_side.currentData())
        return ExportChoice(
            format=self.format.currentData(),
            long_side=self.own_size.value() if side == OWN_SIZE else side,
            quality=self.quality.value(),
            metadata=self.metadata.currentData(),
            pattern=self.pattern.text().strip() or "{name}",
        )

    def accept(self) -> None:
        """Close once the folder is known to be there; remember the choice for the next time."""
        from core.filing.pattern import PatternError, parse_pattern

        try:
            parse_pattern(self.choice.pattern)
        except PatternError as error:
            text = self.tr("“{part}” cannot be filled in: use {placeholders}.")
            self.tell_problem(text.format(part=error.part, placeholders=PLACEHOLDERS))
            return
        if not self._looking:
            self.tell_problem("")
            self._looking = self.folder
            self._look(self.folder, self._looked)

    def _looked(self, there: bool) -> None:
        looked_for, self._looking = self._looking, ""
        if not self.isVisible() or looked_for != self.folder:
            return
        if not there:
            self.tell_problem(self.tr("This folder is not there: choose another one."))
            return
        self._remember(self.choice)
        super().accept()

    def _remember(self, choice: ExportChoice) -> None:
        if self._settings is None:
            return
        self._settings.setValue("export/format", choice.format)
        self._settings.setValue("export/long_side", choice.long_side)
        self._settings.setValue("export/quality", choice.quality)
        self._settings.setValue("export/metadata", choice.metadata)
        self._settings.setValue("export/pattern", choice.pattern)

    def _propose(self) -> None:
        usual = ExportChoice()
        self._select(self.format, str(self._kept("format", usual.format)))
        side = self._number("long_side", usual.long_side)
        if side and side not in LONG_SIDES:
            self.own_size.setValue(side)
            side = OWN_SIZE
        self._select(self.long_side, str(side))
        self.quality.setValue(self._number("quality", usual.quality))
        self._show_quality(self.quality.value())
        self._select(self.metadata, str(self._kept("metadata", usual.metadata)))
        self.pattern.setText(str(self._kept("pattern", usual.pattern)))

    def _kept(self, name: str, usual: object) -> object:
        if self._settings is None:
            return usual
        return self._settings.value(f"export/{name}", usual)

    def _number(self, name: str, usual: int) -> int:
        kept = str(self._kept(name, usual))
        return int(kept) if kept.isdecimal() else usual

    def _select(self, combo: QComboBox, value: str) -> None:
        combo.setCurrentIndex(max(0, combo.findData(value)))

    @Slot()
    def _adapt(self) -> None:
        """Only what applies to the format can be changed."""
        original = self.format.currentData() == "original"
        for widget in (self.long_side, self.own_size, self.metadata):
            widget.setEnabled(not original)
        self.own_size.setVisible(self.long_side.currentData() == str(OWN_SIZE))
        self.quality.setEnabled(self.format.currentData() in ("jpeg", "webp"))
        self.note.setText(self._explained(self.format.currentData(), self.metadata.currentData()))

    def _explained(self, format_: str, metadata: str) -> str:
        """What the copies will be like."""
        if format_ == "original":
            return self.tr(
                "Original files are copied as they are, with all that is in them. Ratings, titles "
                "and keywords that you gave here are not written into them."
            )
        by_format = {
            "jpeg": self.tr(
                "What is transparent becomes white. Of an animation, the first picture is exported."
            ),
            "png": self.tr(
                "What is transparent stays so. Of an animation, the first picture is exported."
            ),
            "webp": self.tr("What is transparent stays so, and animations keep moving."),
        }
        lines = [
            self.tr("Photos are exported upright and in sRGB, as they are shown here."),
            by_format[format_],
        ]
        if metadata != "none":
            lines.append(self.tr("Your rating, title and keywords are written into the copies."))
        return " ".join(lines)

    @Slot(int)
    def _show_quality(self, quality: int) -> None:
        self._quality_shown.setText(wording.number(quality))

    @Slot()
    def _choose_folder(self) -> None:
        dialog = folder_dialog(self, self.tr("Export to"), self.folder)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    @Slot(str)
    def _take_folder(self, folder: str) -> None:
        self.folder = folder
        self.tell_problem("")
        self._show_folder()

    def _show_folder(self) -> None:
        self._folder_shown.setText(wording.shown(self.folder))
