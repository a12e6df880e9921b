"""A query for a label that is not there says so, and offers the one that was perhaps meant."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.search.missing_names import MissingNames
from app.theme import LIGHT
from core.search.naming import no_such_names


def test_what_is_not_there_is_named_and_what_is_like_it_offered(qtbot: QtBot) -> None:
    line = MissingNames(LIGHT)
    qtbot.addWidget(line)
    line.tell(no_such_names("label:motorcyle", {"label": ["motorcycle"], "album": []}))
    assert line.text == "There is no label called “motorcyle”. Perhaps “motorcycle” is meant."
    with qtbot.waitSignal(line.asked) as asked:
        QTest.mouseClick(line.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["label:motorcycle"]


@pytest.mark.parametrize("kind", ["label", "album"])
def test_where_nothing_is_like_it_one_is_told_where_to_look(qtbot: QtBot, kind: str) -> None:
    line = MissingNames(LIGHT)
    qtbot.addWidget(line)
    line.tell(no_such_names(f"{kind}:quokka", {"label": [], "album": []}))
    assert line.text == (
        f"There is no {kind} called “quokka”: the {kind}s there are stand at the left."
    )
    assert line.button.isHidden()
    line.tell(())
    assert line.text == ""


def test_in_a_narrow_window_the_offer_stands_below_the_sentence(qtbot: QtBot) -> None:
    line = MissingNames(LIGHT)
    qtbot.addWidget(line)
    line.tell(no_such_names("label:motorcyle", {"label": ["motorcycle"], "album": []}))
    line.resize(800, 60)
    line.show()
    sentence = line.findChild(QLabel, "remark_text")
    assert sentence is not None
    qtbot.waitUntil(lambda: line.button.x() > sentence.geometry().right())
    line.resize(400, 90)
    qtbot.waitUntil(lambda: line.button.y() > sentence.geometry().bottom())
