"""The line under the heading that says which words the model never saw, and where others are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from app import wording
from app.search.remark import Remark
from app.settings.model_facts import STARTER, languages_text, model_title
from app.theme import Theme

if TYPE_CHECKING:
    from core.search.knowing import Gaps

MOST = 5  # words that are named


class UnknownWords(Remark):
    """Hidden where there is nothing to say."""

    models_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.button.setText(_tr("Models…"))
        self.button.setAccessibleName(_tr("Get another model"))
        self.button.clicked.connect(self.models_asked)

    def tell(self, gaps: Gaps | None) -> None:
        """Say what the model does not know of the query; None, or nothing unknown: say nothing."""
        self.say("" if gaps is None else gaps_text(gaps))


def gaps_text(gaps: Gaps) -> str:
    """What of a query the model does not know, and what to do."""
    model = _tr("the starter model") if gaps.model == STARTER else model_title(gaps.model)
    said = []
    if gaps.chinese:
        text = _tr(
            "Chinese is not understood by {model}: write in English, or use a model that knows "
            "Chinese."
        )
        said.append(text.format(model=model))
    elif gaps.foreign:
        text = _tr(
            "The language of {words} is not understood by {model}: write in English, or use a "
            "model that knows it."
        )
        if len(gaps.languages) > 1:
            text = _tr(
                "The language of {words} is not understood by {model}, which knows these: "
                "{languages}. Write in one of them, or use another model."
            )
        languages = languages_text(gaps.languages)
        words = _named(gaps.foreign[:1])
        said.append(text.format(words=words, model=model, languages=languages))
    if gaps.words:
        said.append(_missing(gaps).format(words=_named(gaps.words), model=model))
    if gaps.meant:
        text = _tr("Perhaps {words} is meant.")
        if len(gaps.meant) > 1:
            text = _tr("Perhaps {words} are meant.")
        said.append(text.format(words=_named(gaps.meant)))
    if gaps.guess and said:
        said.append(_tr("No word of it is known, so these photos are a guess."))
    return " ".join(said)


def _missing(gaps: Gaps) -> str:
    one = len(gaps.words) == 1
    if gaps.likely:
        return (
            _tr("{words} is not in {model}'s vocabulary; a full model knows it.")
            if one
            else _tr("{words} are not in {model}'s vocabulary; a full model knows them.")
        )
    return (
        _tr("{words} is not in {model}'s vocabulary; a full model may know it.")
        if one
        else _tr("{words} are not in {model}'s vocabulary; a full model may know them.")
    )


def _named(words: tuple[str, ...]) -> str:
    quoted = [_tr("“{word}”").format(word=wording.shown(word)) for word in words[:MOST]]
    if len(words) > MOST:
        quoted.append(_tr("{n} more words").format(n=wording.number(len(words) - MOST)))
    if len(quoted) == 1:
        return quoted[0]
    first = _tr(", ").join(quoted[:-1])
    return _tr("{words} and {last}").format(words=first, last=quoted[-1])


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnknownWords", text)
