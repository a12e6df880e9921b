"""What a person chooses for the window, and what holds until they do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSettings

from app.theme import ThemeChoice
from app.window.state import WindowState

MIB = 1024 * 1024
THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")
LANGUAGES = ("system", "en", "zh_CN")
THUMBNAIL_BYTES = tuple(size * MIB for size in (64, 128, 256, 512, 1024, 2048))
USUAL_THUMBNAIL_BYTES = 256 * MIB


@dataclass(frozen=True)
class Choices:
    """`language`: "system", or the name of a locale that Souvenir speaks.

    `tray`: keep watching, with an icon in the tray, when the window is closed. `thumbnail_bytes`:
    memory for thumbnails. `relevance`: photos that were searched show how well they fit, as a
    number.
    """

    theme: ThemeChoice = "system"
    language: str = "system"
    tray: bool = False
    thumbnail_bytes: int = USUAL_THUMBNAIL_BYTES
    relevance: bool = False


def read_choices(settings: QSettings | None) -> Choices:
    """What was chosen; what is damaged or missing is as it comes."""
    state = WindowState(settings)
    found = state.text("look/theme", "system", among=THEMES)
    theme: ThemeChoice = "dark" if found == "dark" else "light" if found == "light" else "system"
    thumbnail_bytes = state.whole("cache/thumbnails", USUAL_THUMBNAIL_BYTES)
    return Choices(
        theme,
        state.text("look/language", "system", among=LANGUAGES),
        state.truth("window/tray", default=False),
        thumbnail_bytes if thumbnail_bytes in THUMBNAIL_BYTES else USUAL_THUMBNAIL_BYTES,
        state.truth("look/relevance", default=False),
    )


def save_choices(settings: QSettings | None, choices: Choices) -> None:
    """Keep them."""
    state = WindowState(settings)
    state.save("look/theme", choices.theme)
    state.save("look/language", choices.language)
    state.save("window/tray", choices.tray)
    state.save("cache/thumbnails", choices.thumbnail_bytes)
    state.save("look/relevance", choices.relevance)
    state.sync()
