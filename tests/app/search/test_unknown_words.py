"""Words that the model never saw are said under the heading, with a way to other models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from pytestqt.qtbot import QtBot

from app.language import speak
from app.search.unknown_words import UnknownWords, gaps_text
from app.theme import DARK, LIGHT
from core.embedding.vocabulary import Vocabulary, english
from core.search.knowing import Gaps, find_gaps
from core.search.query import parse_query
from tests.app.opening import OpenWindow

KNOWN = english({"dog", "beach"})


def gaps(query: str, model: str = "starter") -> Gaps:
    return find_gaps(parse_query(query), model, KNOWN, ("en",))


@pytest.mark.usefixtures("qapp")
def test_the_words_are_named_and_a_way_out_is_told() -> None:
    assert gaps_text(gaps("a dog with sushi")) == (
        "“sushi” is not in the starter model's vocabulary; a full model knows it."
    )
    assert gaps_text(gaps("dog, qwertzuiop and sushi")) == (
        "“qwertzuiop” and “sushi” are not in the starter model's vocabulary; a full model may know"
        " them."
    )
    assert gaps_text(gaps("dog sushi", "local:mine")).startswith("“sushi” is not in local:mine's")
    many = gaps_text(gaps("dog sushi pizza risotto lasagne spaghetti ravioli gnocchi"))
    assert many.startswith("“sushi”, “pizza”, “risotto”, “lasagne”, “spaghetti” and 2 more words")


@pytest.mark.usefixtures("qapp")
def test_other_languages_and_guesses_have_their_own_sentences() -> None:
    assert gaps_text(gaps("海边的日落")) == (
        "Chinese is not understood by the starter model: write in English, or use a model that"
        " knows Chinese. No word of it is known, so these photos are a guess."
    )
    assert gaps_text(gaps("dog закат")).startswith("The language of “закат” is not understood")
    assert gaps_text(gaps("a dog")) == ""


@pytest.mark.usefixtures("qapp")
def test_a_model_of_several_languages_names_them() -> None:
    known = Vocabulary({"en": frozenset({"dog"}), "zh": frozenset({"狗"})})
    found = find_gaps(parse_query("いぬ 嗡翎和狗"), "starter", known, ("en", "zh"))
    assert gaps_text(found) == (
        "The language of “いぬ” is not understood by the starter model, which knows these: English,"
        " Chinese. Write in one of them, or use another model. “嗡翎” is not in the starter model's"
        " vocabulary; a full model may know it."
    )


@pytest.mark.usefixtures("qapp")
def test_a_slip_of_the_keyboard_is_told_as_one() -> None:
    assert gaps_text(gaps("a dog at the beahc")) == (
        "“beahc” is not in the starter model's vocabulary; a full model may know it. "
        "Perhaps “beach” is meant."
    )


@pytest.fixture
def chinese(qapp: QCoreApplication) -> Iterator[None]:
    owner, before = QObject(qapp), QLocale()
    speak("zh_CN", owner)
    yield
    for translator in owner.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.mark.usefixtures("chinese")
def test_chinese_is_spoken_to_who_writes_chinese() -> None:
    assert gaps_text(gaps("海边的日落")).startswith("入门模型不懂中文：请用英文书写")


def test_nothing_is_there_where_nothing_is_unknown(qtbot: QtBot) -> None:
    line = UnknownWords(LIGHT)
    qtbot.addWidget(line)
    line.tell(gaps("sushi"))
    assert "sushi" in line.text
    line.set_theme(DARK)
    line.tell(gaps("dog"))
    assert line.isHidden()
    line.tell(None)
    assert line.text == ""


def test_a_search_says_what_the_model_does_not_know_and_leads_to_the_models(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(50)
    library.vocabulary = KNOWN
    library.answers["dog sushi"] = ([3, 1], [0.9, 0.6], 2)
    window.header.search.ask("dog sushi")
    qtbot.waitUntil(lambda: "“sushi” is not in" in window.browse.unknown.text)
    assert window.browse.shown.likely == 2  # it searches all the same
    window.browse.unknown.button.click()
    assert window.settings_dialog.isVisible()
    assert window.settings_dialog.names.currentItem().text() == "Models"
    window.settings_dialog.close()
    window.header.search.ask("dog")
    qtbot.waitUntil(lambda: window.browse.unknown.text == "")
