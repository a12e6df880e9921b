"""What is known of a model: a table of a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app import dates, wording
from app.language import core_text
from app.settings.page import words
from app.status.words import device_text

if TYPE_CHECKING:
    from core.embedding.curated import Score
    from core.embedding.models import ModelInfo
    from core.embedding.speeds import Speed

STARTER = "starter"


def model_title(name: str) -> str:
    """What a model is called on screen."""
    if name == STARTER:
        return QCoreApplication.translate("ModelPage", "Starter model")
    return wording.shown(name)


class ModelFacts(QWidget):
    """Size, speed, languages, licence and published scores of one model."""

    def __init__(self) -> None:
        super().__init__()
        self.about = words("", "note")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.about, 0, 0, 1, 2)
        names = (
            (_tr("Size"), "size"),
            (_tr("Speed here"), "speed"),
            (_tr("Languages"), "languages"),
            (_tr("Published scores"), "scores"),
            (_tr("Licence"), "licence"),
            (_tr("Needs"), "needs"),
        )
        self._names = {}
        self.values = {}
        for row, (text, key) in enumerate(names, 1):
            name, value = words(text, "section"), words("", "note")
            name.setWordWrap(False)
            value.setAccessibleName(text)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)
            self._names[key], self.values[key] = name, value

    def show_model(self, info: ModelInfo) -> None:
        """Say what is known; a line with nothing to say is not there."""
        self.about.setText(core_text(info.description))
        self.about.setVisible(bool(info.description))
        needs = _tr(
            "The Python package “{package}”, which is not installed here: install it with pip, "
            "then start Souvenir again"
        )
        for key, text in (
            ("size", wording.size(info.bytes)),
            ("speed", speed_text(info.speed, installed=info.installed)),
            ("languages", languages_text(info.languages)),
            ("scores", scores_text(info.scores)),
            ("licence", licence_text(info.licence)),
            ("needs", needs.format(package=info.package) if info.package else ""),
        ):
            self.values[key].setText(text)
            for label in (self._names[key], self.values[key]):
                label.setVisible(bool(text))


def speed_text(speed: Speed | None, *, installed: bool) -> str:
    """How fast a model is on this computer; where nobody measured it, that."""
    if speed is None and installed:
        return _tr("Not measured on this computer yet")
    if speed is None:
        return _tr("Can be measured once it is installed")
    measured = QDateTime.fromSecsSinceEpoch(round(speed.measured_at)).date()
    text = _tr("{photos} photos a second, {text} ms for a query, on {device}; measured {day}")
    photos = QLocale().toString(speed.photos, "f", 0 if speed.photos >= 10 else 1)
    milliseconds = QLocale().toString(speed.text * 1000, "f", 0 if speed.text >= 0.01 else 1)
    return text.format(
        photos=photos,
        text=milliseconds,
        device=device_text(speed.device),
        day=dates.day(measured),
    )


def languages_text(codes: tuple[str, ...]) -> str:
    """The languages a model reads."""
    names = {
        "en": _tr("English"),
        "zh": _tr("Chinese"),
        "de": _tr("German"),
        "fr": _tr("French"),
        "cs": _tr("Czech"),
    }
    named = _tr(", ").join(names.get(code, code) for code in codes if code != "mul")
    if "mul" in codes:
        return _tr("{languages} and about 100 more").format(languages=named)
    return named or _tr("Unknown")


def licence_text(licence: str) -> str:
    """The licence of a model; in words where its name is not known."""
    unnamed = {"see its source": _tr("See its source"), "unknown": _tr("Unknown")}
    return unnamed.get(licence, licence)


def scores_text(scores: tuple[Score, ...]) -> str:
    """What the publishers measured: how often the right photo comes first for its caption."""
    if not scores:
        return ""
    each = _tr("{share} % of {data}")
    found = _tr(", ").join(
        each.format(share=QLocale().toString(score.value * 100, "f", 1), data=score.data)
        for score in scores
    )
    sources = _tr(", ").join(dict.fromkeys(score.source for score in scores))
    text = _tr("The right photo comes first for its caption: {found} (from {source})")
    return text.format(found=found, source=sources)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelFacts", text)
