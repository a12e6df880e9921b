from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.search import offers as search_offers
from app.search.assistant import SearchAssistant
from app.search.chips import load_language
from app.search.field import SearchField
from app.search.history import KEPT, SearchHistory
from app.search.offers import Typed
from app.theme import DARK
from core.search.quoting import quoted
from tests.app.searching import Asking

Key = Qt.Key
TODAY = date(2026, 11, 21)


# What is offered


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("beach da", Typed(2, "", "da")),
        ("-ca", Typed(3, "", "ca", "-")),
        ("date:", Typed(5, "date", "")),
        ("beach date:last-w", Typed(11, "date", "last-w")),
        ('x camera:"Canon E', Typed(15, "camera", "Canon E")),
        ("folder:/home/a", Typed(14, "folder", "/home/a")),
        ("album：家庭", Typed(8, "album", "家庭")),
        ("beach ", None),
        ('camera:"Canon" ', None),
        ("d", None),
    ],
)
def test_the_end_of_what_is_typed_is_what_can_be_completed(
    before: str, found: Typed | None
) -> None:
    assert search_offers.typed(before) == found


def test_names_of_filters_come_with_a_word_of_explanation() -> None:
    offers = search_offers.names(Typed(2, "", "da"))
    assert [(o.insert, o.note) for o in offers] == [("date:", "when it was taken")]
    assert [o.insert for o in search_offers.names(Typed(3, "", "ca", "-"))] == ["-camera:"]


def test_every_shape_that_is_offered_is_understood_by_the_query_language() -> None:
    language = load_language()
    names = [offer.text.rstrip(":") for offer in search_offers.all_filters()]
    assert {"date", "camera", "lens", "folder", "type", "album", "keyword", "label"} <= set(names)
    for name in names:
        for offer in search_offers.known_shapes(Typed(0, name, ""), TODAY):
            (token,) = language(offer.insert)
            assert token.kind == "filter"


def test_dates_are_offered_in_words_and_in_shapes() -> None:
    texts = [offer.text for offer in search_offers.known_shapes(Typed(5, "date", ""), TODAY)]
    assert {"last-week", "this-year", "2026-11-21", "2023..2025"} <= set(texts)
    narrowed = search_offers.known_shapes(Typed(9, "date", "last"), TODAY)
    assert [offer.text for offer in narrowed] == ["last-week", "last-month", "last-year"]


@pytest.mark.parametrize(
    "value", ["Canon", "Canon EOS 60D", 'Zeiss 50" macro', "a “b” c", "-x", "«x» “y”", "家庭 照片"]
)
def test_values_are_written_so_that_they_are_read_as_they_are(value: str) -> None:
    (token,) = load_language()(f"camera:{quoted(value)}")
    assert token.text == value


# History


def test_history_holds_each_query_once_the_newest_first(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    history = SearchHistory(settings)
    for query in ("beach", "dog", "beach", " ", "x" * 1000):
        history.add(query)
    assert SearchHistory(settings).queries == ("beach", "dog")
    for number in range(2 * KEPT):
        history.add(str(number))
    assert len(history.queries) == KEPT
    history.clear()
    assert SearchHistory(settings).queries == ()


def test_settings_that_somebody_else_wrote_hold_no_history(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for junk in ("{", '{"a": 1}', "[1, 2]"):
        settings.setValue("search/recent", junk)
        assert SearchHistory(settings).queries == ()


# The list under the field, by keys alone


class Searching(Asking):
    """A field with its assistant, in a window of their own."""

    def __init__(self, qtbot: QtBot, directory: Path) -> None:
        super().__init__(qtbot, directory)
        self.window = QWidget()
        self.window.resize(800, 500)
        self.field = SearchField(DARK)
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addStretch(1)
        self.assistant = SearchAssistant(
            self.session, self.field, self.browsing, DARK, None, self.session
        )
        self.field.asked.connect(self.browsing.search)
        self.field.edit.set_language(load_language())
        self.library.browse.values = {
            "camera": [("Canon EOS 60D", 12), ("Canon EOS R5", 3), ("NIKON D90", 7)],
            "album": [("Grandma’s 80th", 137), ("家庭 照片", 4)],
            "date": [("2014", 2), ("2012-07", 5)],
        }
        self.window.show()
        self.field.setFocus()
        qtbot.waitUntil(self.field.edit.hasFocus)

    @property
    def offered(self) -> list[str]:
        return [offer.text for offer in self.assistant.popup.offers]

    def type(self, text: str) -> None:
        # Whoever takes the keyboard away closes the list; nobody should.
        assert self.field.edit.hasFocus(), f"{QApplication.focusWidget()} has the keyboard"
        QTest.keyClicks(self.field.edit, text)

    def press(self, *keys: Key) -> None:
        for key in keys:
            QTest.keyClick(self.field.edit, key)


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Searching]:
    made = Searching(qtbot, tmp_path)
    yield made
    made.close()  # first: what is still answered finds its window, as in the real one
    made.window.close()
    made.window.deleteLater()


def test_a_filter_is_completed_by_keys_alone(at: Searching, qtbot: QtBot) -> None:
    at.type("beach cam")
    qtbot.waitUntil(lambda: at.offered == ["camera:"])
    at.press(Key.Key_Tab)
    assert at.field.text() == "beach camera:"
    qtbot.waitUntil(lambda: at.offered == ["Canon EOS 60D", "Canon EOS R5", "NIKON D90"])
    assert [offer.count for offer in at.assistant.popup.offers] == [12, 3, 7]
    at.type("n")
    qtbot.waitUntil(lambda: at.offered == ["NIKON D90"])
    at.press(Key.Key_Down, Key.Key_Return)
    assert at.offered == []
    assert at.field.edit.labels == ["camera: NIKON D90"]
    assert at.field.text() == 'beach camera:"NIKON D90"'
    assert at.field.edit.hasFocus()


def test_dates_that_exist_are_offered_beside_spans_of_time(at: Searching, qtbot: QtBot) -> None:
    at.type("date:")
    assert "last-week" in at.offered
    qtbot.waitUntil(lambda: at.offered[-2:] == ["2014", "2012-07"])
    assert at.offered.count("last-week") == 1
    at.type("2012")
    qtbot.waitUntil(lambda: at.offered == ["2012-07"])
    at.press(Key.Key_Tab)
    assert at.field.edit.labels == ["date: 2012-07"]


def test_a_quoted_value_goes_on_being_completed(at: Searching, qtbot: QtBot) -> None:
    at.type('-album:"grandma')
    qtbot.waitUntil(lambda: at.offered == ["Grandma’s 80th"])
    at.press(Key.Key_Tab)
    assert at.field.edit.labels == ["not album: Grandma’s 80th"]


def test_enter_means_the_photos_while_nothing_in_the_list_is_chosen(
    at: Searching, qtbot: QtBot
) -> None:
    at.type("da")
    assert at.offered == ["date:"]
    with qtbot.waitSignal(at.field.entered):
        at.press(Key.Key_Return)
    assert at.field.text() == "da"


def test_esc_closes_the_list_before_it_clears(at: Searching, qtbot: QtBot) -> None:
    at.type("date:")
    assert "last-week" in at.offered
    with qtbot.assertNotEmitted(at.field.cleared):
        at.press(Key.Key_Escape)
    assert at.offered == []
    with qtbot.waitSignal(at.field.cleared):
        at.press(Key.Key_Escape)


def test_up_past_the_first_line_is_back_in_the_field(at: Searching) -> None:
    at.type("date:last")
    at.press(Key.Key_Down, Key.Key_Down)
    current = at.assistant.popup.current
    assert current is not None
    assert current.text == "last-month"
    at.press(Key.Key_Up, Key.Key_Up)
    assert at.assistant.popup.current is None


def test_values_that_come_late_are_not_offered_for_something_else(
    at: Searching, qtbot: QtBot
) -> None:
    at.type("camera:")
    at.press(Key.Key_Backspace, Key.Key_Backspace)
    qtbot.waitUntil(lambda: not at.session.background.busy)
    assert at.offered == ["camera:"]


def test_values_that_come_late_are_not_offered_to_somebody_who_went_elsewhere(
    at: Searching, qtbot: QtBot
) -> None:
    at.type("camera:")
    at.field.edit.clearFocus()
    qtbot.waitUntil(lambda: not at.session.background.busy)
    assert at.offered == []


def test_earlier_queries_are_offered_in_an_empty_field(at: Searching, qtbot: QtBot) -> None:
    at.type("beach")
    at.press(Key.Key_Return)
    qtbot.waitUntil(lambda: at.assistant.history.queries == ("beach",))
    at.settle()
    at.answered(lambda: at.field.ask(""))
    at.press(Key.Key_Down)
    assert at.offered[0] == "beach"
    assert "date:" in at.offered  # and what else could be written
    at.press(Key.Key_Down, Key.Key_Return)
    assert at.field.text() == "beach"


def test_who_comes_to_an_empty_field_sees_what_was_searched_for_before(
    at: Searching, qtbot: QtBot
) -> None:
    for query in ("beach", "dog"):
        at.assistant.history.add(query)
    at.field.edit.clearFocus()
    at.field.setFocus()
    qtbot.waitUntil(lambda: at.offered == ["dog", "beach"])
    at.type("x")
    assert at.offered == []


def test_what_was_looked_at_is_remembered_when_it_is_cleared_not_its_beginnings(
    at: Searching,
) -> None:
    at.answered(lambda: at.field.ask("bea"))
    at.answered(lambda: at.field.ask("beach"))
    at.answered(lambda: at.field.ask(""))
    assert at.assistant.history.queries == ("beach",)


def test_a_filter_that_is_being_written_is_not_asked_before_it_says_something(
    at: Searching, qtbot: QtBot
) -> None:
    at.type("beach")
    qtbot.waitUntil(lambda: at.library.searched == ["beach"])
    for more in (" date:", "last", ' camera:"Canon'):
        at.type(more)
        qtbot.waitUntil(lambda: not at.field.waits)
    at.settle()
    assert at.library.searched == ["beach"]
    assert at.errors == []
    at.type('" ')
    qtbot.waitUntil(lambda: len(at.errors) == 1)  # "date:last" was left as it is


def test_an_offer_for_what_is_gone_takes_nothing_away(at: Searching, qtlog: Any) -> None:
    at.type("beach ")
    at.field.edit.replace_typed(20, "camera:")
    assert at.field.text() == "beach camera:"
    assert not [one for one in qtlog.records if "QTextCursor" in one.message]
