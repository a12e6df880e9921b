"""The figures as a picture: a row of bars for each table's most telling column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from benchmarks.quality.report import Report, Table

_WIDTH, _LEFT, _RIGHT = 1200, 400, 90
_BAR, _GAP, _HEAD, _EDGE = 20, 5, 54, 28
_COLOURS = ("#3b82b8", "#d98032", "#5a9a4b", "#a05195", "#8c6d31", "#c0504d")
_TELLING = ("R@10", "top-5", "kept", "found at edges", "mAP", "precision", "recall")
_INK, _FAINT, _PAPER = "#222222", "#dddddd", "#ffffff"


@dataclass(frozen=True)
class Bars:
    """What is drawn of one table: lines of (what, model, value 0…1)."""

    title: str
    values: tuple[tuple[str, str, float], ...]


def draw(report: Report, file: Path) -> None:
    """Write a PNG with bars 0…1 for every table that has shares."""
    groups = [bars for table in report.tables for bars in _bars(table)]
    models = list(dict.fromkeys(model for group in groups for _, model, _ in group.values))
    height = 2 * _EDGE + 30 + sum(_HEAD + len(each.values) * (_BAR + _GAP) for each in groups)
    image = Image.new("RGB", (_WIDTH, height), _PAPER)
    pen = ImageDraw.Draw(image)
    small, large = ImageFont.load_default(14), ImageFont.load_default(18)
    left = _EDGE
    for model, colour in zip(models, _cycle(len(models)), strict=True):
        pen.rectangle((left, _EDGE, left + 14, _EDGE + 14), fill=colour)
        pen.text((left + 20, _EDGE - 1), model, _INK, small)
        left += 50 + int(pen.textlength(model, small))
    top = _EDGE + 30
    for group in groups:
        pen.text((_EDGE, top + 16), group.title, _INK, large)
        top += _HEAD - 6
        _draw_group(pen, group, top, models, small)
        top += 6 + len(group.values) * (_BAR + _GAP)
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file)


def _draw_group(
    pen: ImageDraw.ImageDraw,
    group: Bars,
    top: int,
    models: Sequence[str],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    room = _WIDTH - _LEFT - _RIGHT
    bottom = top + len(group.values) * (_BAR + _GAP) - _GAP
    for tenth in range(0, 11, 2):
        across = _LEFT + room * tenth // 10
        pen.line((across, top - 4, across, bottom + 2), fill=_FAINT)
    colours = _cycle(len(models))
    before = ""
    for what, model, value in group.values:
        if what != before:
            pen.text((_LEFT - 10 - pen.textlength(what, font), top + 2), what, _INK, font)
        before = what
        end = _LEFT + round(room * min(1.0, value))
        pen.rectangle(
            (_LEFT, top, max(end, _LEFT + 1), top + _BAR), fill=colours[models.index(model)]
        )
        pen.text((end + 6, top + 2), f"{value:.3f}", _INK, font)
        top += _BAR + _GAP


def _bars(table: Table) -> list[Bars]:
    """The shares of the columns that say most: recall, top-5, what is kept, found or learned."""
    telling = [name for name in table.columns if name.endswith(_TELLING)]
    found = []
    for name in telling:
        column = table.columns.index(name)
        values = [
            (line.what, line.model, value)
            for line in table.lines
            if (value := line.values[column]) is not None
        ]
        if values:
            # Pillow's own font has no arrow.
            title = f"{table.title}: {name}".replace("→", " to ")
            found.append(Bars(title, tuple(values)))
    return found


def _cycle(count: int) -> list[str]:
    return [_COLOURS[index % len(_COLOURS)] for index in range(count)]
