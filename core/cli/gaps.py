"""What a query asks and nobody can know, in sentences for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.search.knowing import Gaps
    from core.search.naming import NoSuchName


def gap_sentences(gaps: Gaps, what: str = "the query") -> list[str]:
    """What to tell a person who wrote `what`, for the command line: some sentences, or none."""
    said = []
    model = "The starter model" if gaps.model == "starter" else f"The model {gaps.model}"
    if gaps.chinese:
        said.append(
            f"{model} does not understand Chinese: write {what} in English, or use a model that"
            " knows Chinese ('souvenir models list' shows the languages of each)."
        )
    elif len(gaps.languages) > 1 and gaps.foreign:
        said.append(
            f"{model} does not understand the language of '{gaps.foreign[0]}': write {what} in one"
            f" that it knows ({', '.join(gaps.languages)}), or use another model ('souvenir models"
            " list' shows the languages of each)."
        )
    elif gaps.foreign:
        said.append(
            f"{model} does not understand the language of '{gaps.foreign[0]}': write {what} in"
            " English, or use a model that knows it ('souvenir models list' shows the languages of"
            " each)."
        )
    if gaps.words:
        named = _list(gaps.words)
        one = len(gaps.words) == 1
        full = "a full model knows" if gaps.likely else "a full model may know"
        known = f"{full} {'it' if one else 'them'} ('souvenir models list' shows those there are)"
        said.append(
            f"{named} {'is' if one else 'are'} not in {model[0].lower()}{model[1:]}'s vocabulary;"
            f" {known}."
        )
    if gaps.meant:
        said.append(f"Perhaps {_list(gaps.meant)} {'is' if len(gaps.meant) == 1 else 'are'} meant.")
    if gaps.guess and said:
        said.append(f"No word of {what} is known, so what is found is a guess.")
    return said


def name_sentence(name: NoSuchName) -> str:
    """That there is no label, or no album, of a name, and what to do."""
    said = f"There is no {name.kind} called '{name.name}'"
    if name.nearest:
        return f"{said}: perhaps '{name.nearest}' is meant."
    return f"{said}: 'souvenir {name.kind}s list' shows those there are."


def _list(words: Sequence[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
