"""Light and dark: named colours, the style sheet made from them, following the system."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources

ThemeName = Literal["light", "dark"]
ThemeChoice = Literal["system", "light", "dark"]

RESOURCES = Path(resources.__file__).parent
STYLE = RESOURCES / "style.qss"
CONTROLS = RESOURCES / "controls"  # check marks and arrows, drawn once for each theme
TEXT_PIXELS = 13  # what every length in the style sheet is meant for
HAIRLINE = 3  # lengths up to this are lines, which do not grow with the text
FAMILIES = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "DejaVu Sans")
CJK_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")


@dataclass(frozen=True)
class Theme:
    """The named colours. Neutral greys, so that nothing tints the photos.

    `edge` outlines controls, `handle` is for scroll bars, `faint` for what is disabled, `link` is
    the accent as text, `selected_dim` is dim text on the selection. `scale` is how much larger
    than usual the system writes.
    """

    name: ThemeName
    window: str
    pane: str
    line: str
    field: str
    hover: str
    edge: str
    handle: str
    text: str
    dim: str
    faint: str
    accent: str
    on_accent: str
    accent_hover: str
    link: str
    selection: str
    selected_dim: str
    good: str
    warning: str
    danger: str
    scale: float = 1.0

    def colour(self, name: str) -> QColor:
        """One of the colours, by name."""
        return QColor(str(getattr(self, name)))

    def px(self, pixels: float) -> int:
        """A length that is meant for text of the usual size, for this text."""
        return round(pixels * self.scale)


DARK = Theme(
    name="dark",
    window="#181818",
    pane="#1f1f1f",
    line="#2c2c2c",
    field="#2a2a2a",
    hover="#333333",
    edge="#7a7a7a",
    handle="#4a4a4a",
    text="#ececec",
    dim="#9b9b9b",
    faint="#6e6e6e",
    accent="#5aa2ff",
    on_accent="#0c1624",
    accent_hover="#7bb5ff",
    link="#5aa2ff",
    selection="#264a78",
    selected_dim="#bcc8d8",
    good="#5fbf77",
    warning="#e0a64a",
    danger="#ff7b72",
)
LIGHT = Theme(
    name="light",
    window="#f7f7f6",
    pane="#ffffff",
    line="#e5e5e3",
    field="#f0f0ee",
    hover="#e6e6e4",
    edge="#868684",
    handle="#c4c4c2",
    text="#1d1d1d",
    dim="#646462",
    faint="#9c9c9a",
    accent="#1f6feb",
    on_accent="#ffffff",
    accent_hover="#1a60cf",
    link="#1a5fd0",
    selection="#dbe9ff",
    selected_dim="#4f5b6b",
    good="#26763e",
    warning="#8a5a12",
    danger="#b92d26",
)


def style_sheet(theme: Theme) -> str:
    """The style sheet in the theme's colours and for its size of text.

    `@name` is a colour, `@controls` the folder of the theme's check marks and arrows. Lengths in
    px grow with the text; hairlines stay.
    """
    values = {field.name: str(getattr(theme, field.name)) for field in fields(Theme)}
    values["controls"] = (CONTROLS / theme.name).as_posix()
    sheet = re.sub(r"(?<![\w#])(\d+)px", lambda found: _length(theme, int(found[1])), _rules())
    return re.sub(r"@(\w+)", lambda found: values[found[1]], sheet)


def _rules() -> str:
    return re.sub(r"/\*.*?\*/", "", STYLE.read_text("utf-8"), flags=re.DOTALL)


def _length(theme: Theme, pixels: int) -> str:
    return f"{pixels if pixels <= HAIRLINE else theme.px(pixels)}px"


def palette(theme: Theme) -> QPalette:
    """Qt's own colour roles, for what the style sheet does not reach."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.window,
        roles.Base: theme.pane,
        roles.AlternateBase: theme.field,
        roles.Button: theme.field,
        roles.WindowText: theme.text,
        roles.Text: theme.text,
        roles.ButtonText: theme.text,
        roles.PlaceholderText: theme.dim,
        roles.Highlight: theme.selection,
        roles.HighlightedText: theme.text,
        roles.Link: theme.link,
        roles.Accent: theme.accent,
        roles.Light: theme.line,
        roles.Midlight: theme.line,
        roles.Mid: theme.line,
        roles.Dark: theme.line,
        roles.ToolTipBase: theme.pane,
        roles.ToolTipText: theme.text,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made


def text_pixels() -> int:
    """How large the system writes, and never smaller than we do."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return max(TEXT_PIXELS, QFontInfo(system).pixelSize())


def text_font(pixels: int = TEXT_PIXELS) -> QFont:
    """The application's font: the system's own on macOS and Windows; digits all as wide."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform not in ("darwin", "win32"):
        font.setFamilies([*FAMILIES, *CJK_FAMILIES])
    font.setPixelSize(pixels)
    if hasattr(font, "setFeature"):
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setFeature(QFont.Tag("calt"), 0)  # Inter draws 20x1 as 20×1: file names are literal
    return font


class ThemeFollower(QObject):
    """Dresses the application; as the system does, until the person chooses otherwise.

    `fixed`: the theme of a picture, whatever the system or the person likes.
    """

    changed = Signal(object)  # Theme

    def __init__(
        self,
        application: QApplication,
        fixed: ThemeName | None = None,
        choice: ThemeChoice = "system",
    ) -> None:
        super().__init__(application)
        self._application = application
        self._fixed = fixed
        self._choice: ThemeChoice = choice
        pixels = text_pixels()
        self._scale = pixels / TEXT_PIXELS
        application.setStyle("Fusion")
        application.setFont(text_font(pixels))
        self.theme = LIGHT
        self._tell_system()
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._follow)

    @Slot(str)
    def choose(self, choice: ThemeChoice) -> None:
        """Be light, be dark, or follow the system from now on."""
        self._choice = choice
        self._tell_system()
        self._follow()

    @Slot()
    def _follow(self) -> None:
        if self._wanted() != self.theme.name:
            self._dress()
            self.changed.emit(self.theme)

    def _tell_system(self) -> None:
        """Have what the system draws, title bars and its dialogs, be as light or dark."""
        hints, chosen = QGuiApplication.styleHints(), self._fixed or self._choice
        if chosen == "system":
            hints.unsetColorScheme()
        else:
            dark = chosen == "dark"
            hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)

    def _wanted(self) -> ThemeName:
        if self._fixed is not None:
            return self._fixed
        if self._choice != "system":
            return self._choice
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    @contextmanager
    def dressed_at_the_end(self) -> Iterator[None]:
        """For building a window: no style sheet while inside.

        With one, a widget is looked at anew each time that it, or what it is in, is put into
        another, which makes building a window twice as long.
        """
        self._application.setStyleSheet("")
        try:
            yield
        finally:
            self._application.setStyleSheet(style_sheet(self.theme))

    def _dress(self) -> None:
        self.theme = replace(DARK if self._wanted() == "dark" else LIGHT, scale=self._scale)
        self._application.setPalette(palette(self.theme))
        self._application.setStyleSheet(style_sheet(self.theme))
