"""The label sets that come with Souvenir, and what is said before labels of people are used."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING

from core.catalog.names import fold
from core.tagging.files import labels_from, toml_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.catalog.labels import Label

NOTICE = (
    "Models like CLIP learned from captions on the web and repeat their prejudices: what they say "
    "of people's looks, origin, belief or health is often wrong and can hurt, so check these "
    "labels yourself."
)

_PEOPLE = r"(?:person|people|wom[ae]n|m[ae]n|girls?|boys?|child|children)"
# Words that speak of a person's looks, origin, belief or health.
_OF_PEOPLE = re.compile(
    rf"\b(?:(?:pretty|thin|old|black|white|brown|indian|sick|ill|poor) {_PEOPLE}"
    r"|beautiful|ugly|handsome|attractive|fat|obese|overweight|bald|elderly|wrinkl\w*"
    r"|asians?|africans?|arab\w*|latin[oax]\w*|hispanic|caucasian|immigrants?|foreigners?|racial"
    r"|ethnic\w*|skin colou?r|muslims?|christians?|jew(?:s|ish)?|hindus?|buddhists?|hijabs?"
    r"|religio\w*|disab\w+|wheelchair|patients?|pregnan\w+|gay|lesbian|transgender|criminals?"
    r"|homeless)\b"
    # The same in Chinese, whose words have no ends to be seen.
    r"|美女|帅哥|丑|肥胖|胖子|秃|老人|老年|黑人|白人|亚洲人|非洲人|阿拉伯|拉丁裔|移民|种族|民族|肤色"
    r"|穆斯林|基督|犹太|印度教|佛教徒|宗教|信徒|残疾|残障|轮椅|病人|患者|孕妇|怀孕|同性恋|变性|罪犯"
    r"|流浪汉|乞丐|穷人",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LabelSet:
    """Labels that belong together. `key` names its file; `notice` is to be read before it is on."""

    key: str
    name: str
    description: str
    labels: tuple[Label, ...]
    notice: str


def built_in() -> list[LabelSet]:
    """All sets in resources/labels, by key."""
    folder = resources.files("resources").joinpath("labels")
    found = [
        _read(each.name.removesuffix(".toml"), each.read_text("utf-8"))
        for each in folder.iterdir()
        if each.name.endswith(".toml")
    ]
    return sorted(found, key=lambda each: each.key)


def counterparts(shipped: Iterable[Label], labels: Iterable[Label]) -> dict[str, Label]:
    """Those of `labels` that labels of a set, or of a file, are there as, by the latters' names.

    By their name, else by their set and prompts: one may be called otherwise in another language.
    """
    known = list(labels)
    by_name = {fold(label.name): label for label in known}
    by_words = {(label.set, label.prompts): label for label in known if label.set}
    found = {
        label.name: by_name.get(fold(label.name)) or by_words.get((label.set, label.prompts))
        for label in shipped
    }
    return {name: label for name, label in found.items() if label is not None}


def notice(labels: Iterable[Label]) -> str:
    """NOTICE where one of these labels is about people's looks, origin, belief or health."""
    texts = (text for label in labels for text in (label.name, *label.prompts, *label.against))
    return NOTICE if any(_OF_PEOPLE.search(text) for text in texts) else ""


def _read(key: str, text: str) -> LabelSet:
    about = tomllib.loads(text)
    labels = labels_from(toml_labels(text, key), key)
    named = tuple(replace(label, set=about["name"]) for label in labels)
    return LabelSet(key, about["name"], about["description"], named, notice(named))
