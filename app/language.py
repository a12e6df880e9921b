"""The language of the window: English, or a translation from resources/translations.

Core speaks English only, as the command line and the catalogue do. Its sentences are put into the
person's language here: `core_text` knows every one that core can say (core.txt there, made by
`make translations`), finds which it is and what stands in its places, and says that instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

import resources

TRANSLATIONS = Path(resources.__file__).parent / "translations"
CORE_TEMPLATES = TRANSLATIONS / "core.txt"
CORE_CONTEXT = "core"
ENGLISH = "en"
NAMES = {ENGLISH: "English", "zh_CN": "简体中文"}
DEEPEST = 3  # a sentence within a sentence within a sentence
PLACE = re.compile(r"\{(\w+)\}")


def language_name(language: str) -> str:
    """What a language calls itself."""
    return NAMES[language]


def wanted_language(choice: str, preferred: Sequence[str]) -> str:
    """The language for a choice: "system" takes the first of `preferred` that Souvenir speaks.

    `preferred`: names of locales such as "zh-Hans-CN", in order.
    """
    if choice in NAMES:
        return choice
    for name in preferred:
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return ENGLISH
        if (
            locale.language() == QLocale.Language.Chinese
            and locale.script() == QLocale.Script.SimplifiedHanScript
        ):
            return "zh_CN"
    return ENGLISH


def spoken() -> str:
    """The language that the window speaks now."""
    return "zh_CN" if QLocale().language() == QLocale.Language.Chinese else ENGLISH


def speak(choice: str, owner: QObject) -> str:
    """Have the window speak a language, numbers and dates too; to be called before it is made.

    The translators belong to `owner`, which speaks none of those any more that it spoke before.
    Returns the language.
    """
    language = wanted_language(choice, QLocale.system().uiLanguages())
    for former in owner.findChildren(QTranslator):
        QCoreApplication.removeTranslator(former)
        former.deleteLater()
    if language == ENGLISH:
        # Dates with the day first, whatever the country: 12 Aug 2011 is understood everywhere.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        return language
    QLocale.setDefault(QLocale(language))
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"souvenir_{language}", str(TRANSLATIONS)),  # the last one in is asked first
    ):
        translator = QTranslator(owner)
        if translator.load(name, folder):
            QCoreApplication.installTranslator(translator)
    return language


# What core says


@dataclass(frozen=True)
class _Template:
    text: str
    pattern: re.Pattern[str]


def core_text(text: str) -> str:
    """A sentence of core in the language of the window; what is not one of them stays as it is."""
    return text if spoken() == ENGLISH else _translated(text, spoken())


@lru_cache(maxsize=4096)  # Problems shows the same few reasons for thousands of files
def _translated(text: str, language: str, depth: int = 0) -> str:
    for template in _templates():
        found = template.pattern.fullmatch(text)
        if found is not None:
            values = found.groupdict()
            if depth < DEEPEST:
                values = {n: _translated(v, language, depth + 1) for n, v in values.items()}
            return filled(QCoreApplication.translate(CORE_CONTEXT, template.text), values)
    return text


def filled(template: str, values: Mapping[str, str]) -> str:
    """The sentence with `values` in its places; braces within them stay."""
    return PLACE.sub(lambda place: values.get(place[1], place[0]), template)


@lru_cache(maxsize=1)
def _templates() -> tuple[_Template, ...]:
    """Those that say most first: of two that fit, that one is meant."""
    lines = CORE_TEMPLATES.read_text("utf-8").splitlines()
    texts = sorted(lines, key=lambda line: -len(PLACE.sub("", line)))
    return tuple(_Template(text, template_pattern(text)) for text in texts)


def template_pattern(template: str) -> re.Pattern[str]:
    """What finds the values in a sentence made from a template."""
    parts = PLACE.split(template)  # text, name, text, name, …, text
    pattern, seen = "", set[str]()
    for number, part in enumerate(parts):
        if number % 2 == 0:
            pattern += re.escape(part)
        elif part in seen:
            pattern += f"(?P={part})"
        else:
            seen.add(part)
            pattern += f"(?P<{part}>.*?)"
    return re.compile(pattern, re.DOTALL)
