from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.theme import DARK, LIGHT, Theme, ThemeFollower, palette, style_sheet, text_font

# Text on what it lies on: WCAG 2.2 AA asks for 4.5.
TEXT = [
    *(("text", ground) for ground in ("window", "pane", "field", "hover", "line", "selection")),
    *(("dim", ground) for ground in ("window", "pane", "field", "hover")),
    *(("link", ground) for ground in ("window", "pane", "field", "hover")),
    *(("good", ground) for ground in ("window", "pane")),
    *(("warning", ground) for ground in ("window", "pane", "field")),
    *(("danger", ground) for ground in ("window", "pane", "field")),
    ("selected_dim", "selection"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
]
# Outlines and marks without which one would not see what is there: 3.
SHAPES = [
    *(("accent", ground) for ground in ("window", "pane", "field", "hover")),
    *(("edge", ground) for ground in ("window", "pane", "field")),
]


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[None]:
    """Leave the application as the other tests know it."""
    style, font, colours = qapp.style().objectName(), qapp.font(), qapp.palette()
    yield
    for follower in qapp.findChildren(ThemeFollower):
        follower.choose("system")
        follower.setParent(None)
        follower.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setPalette(colours)


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: Theme, pair: tuple[str, str]) -> float:
    lighter, darker = sorted((luminance(theme.colour(name)) for name in pair), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("pair", TEXT, ids=" on ".join)
def test_text_can_be_read(theme: Theme, pair: tuple[str, str]) -> None:
    assert contrast(theme, pair) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("pair", SHAPES, ids=" on ".join)
def test_outlines_and_the_focus_ring_can_be_seen(theme: Theme, pair: tuple[str, str]) -> None:
    assert contrast(theme, pair) >= 3


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_style_sheet_has_every_colour(theme: Theme, qapp: QApplication) -> None:
    sheet = style_sheet(theme)
    assert "@" not in sheet
    assert theme.accent in sheet
    qapp.setStyleSheet(sheet)  # Qt warns, and so the test fails, where it cannot be parsed
    qapp.setPalette(palette(theme))
    qapp.setStyleSheet("")


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_mark_that_the_style_sheet_names_is_there(theme: Theme) -> None:
    named = re.findall(r'url\("([^"]+)"\)', style_sheet(theme))
    assert named
    assert [path for path in named if not Path(path).exists()] == []


def test_lengths_grow_with_the_text_and_hairlines_do_not() -> None:
    plain, large = style_sheet(LIGHT), style_sheet(replace(LIGHT, scale=1.5))
    assert "font-size: 12px" in plain
    assert "font-size: 18px" in large
    assert "border: 1px solid" in large


def test_the_application_is_dressed_anew_when_another_theme_is_chosen(
    qapp: QApplication, undressed: None
) -> None:
    assert undressed is None
    follower = ThemeFollower(qapp, choice="light")
    told: list[str] = []
    follower.changed.connect(lambda theme: told.append(theme.name))
    follower.choose("dark")
    assert told == ["dark"]
    assert DARK.pane in qapp.styleSheet()
    assert qapp.palette().window().color() == DARK.colour("window")
    follower.choose("dark")
    assert told == ["dark"]
    follower.choose("system")
    assert follower.theme.name in ("dark", "light")


def test_a_picture_keeps_its_theme_whatever_the_person_likes(
    qapp: QApplication, undressed: None
) -> None:
    assert undressed is None
    follower = ThemeFollower(qapp, "dark", "light")
    follower.choose("light")
    assert follower.theme.name == "dark"


def test_a_window_is_dressed_once_it_is_built(qapp: QApplication, undressed: None) -> None:
    assert undressed is None
    follower = ThemeFollower(qapp, "dark")
    with follower.dressed_at_the_end():
        assert qapp.styleSheet() == ""
    assert qapp.styleSheet() == style_sheet(follower.theme)


def test_digits_are_all_as_wide(qapp: QApplication) -> None:
    assert qapp is not None
    metrics = QFontMetricsF(text_font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_greys_are_neutral_so_that_nothing_tints_the_photos() -> None:
    for theme in (DARK, LIGHT):
        for name in ("window", "pane", "line", "field"):
            colour = theme.colour(name)
            parts = (colour.red(), colour.green(), colour.blue())
            assert max(parts) - min(parts) <= 3
