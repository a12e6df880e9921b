"""The page of models: what is known of each, getting them, using them, letting them go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.session import Session
from app.settings.model import ModelPage
from app.settings.model_facts import languages_text, licence_text, scores_text, speed_text
from app.settings.model_import import ImportDialog
from app.theme import DARK, LIGHT
from app.widgets.question import Question
from core.embedding.curated import CURATED, Score
from core.errors import ModelDownloadError
from core.events import Progress
from tests.app.fake_choices import LARGE
from tests.app.fake_library import FakeLibrary
from tests.app.opening import session_on

STARTER_ROW, LARGE_ROW = 0, 1


@dataclass
class Opened:
    page: ModelPage
    library: FakeLibrary
    window: QWidget
    session: Session

    def lines(self) -> list[str]:
        rows = self.page.models
        return [rows.item(row).text() for row in range(rows.count())]


Open = Callable[..., Opened]


@pytest.fixture
def open_page(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    sessions: list[Session] = []

    def open_it(change: Callable[[FakeLibrary], None] | None = None, **facts: object) -> Opened:
        library = FakeLibrary(tmp_path, 100, **facts)  # type: ignore[arg-type]
        if change is not None:
            change(library)
        session = session_on(library)
        sessions.append(session)
        window = QWidget()
        qtbot.addWidget(window)
        page = ModelPage(session, LIGHT, window)
        QVBoxLayout(window).addWidget(page)
        with qtbot.waitSignal(session.opened):
            session.open()
        window.show()
        page.refresh()
        qtbot.waitUntil(lambda: page.models.count() == len(library.models_known))
        return Opened(page, library, window, session)

    yield open_it
    for session in sessions:
        with qtbot.waitSignal(session.closed):
            session.close()


def say_yes(window: QWidget) -> None:
    (question,) = [q for q in window.findChildren(Question) if q.isVisible()]
    question.yes.click()


def test_a_model_is_downloaded_used_and_the_one_before_cannot_be_removed(
    open_page: Open, qtbot: QtBot
) -> None:
    opened = open_page()
    page = opened.page
    assert opened.lines()[STARTER_ROW] == "Starter model (12 MB, in use)"
    assert not page.use.isEnabled()
    page.models.setCurrentRow(LARGE_ROW)
    assert page.get.text() == "Download"
    page.get.click()
    assert page.bar.isVisible()
    qtbot.waitUntil(lambda: page.state.text() == f"{LARGE} is installed.")
    qtbot.waitUntil(page.use.isEnabled)
    page.use.click()
    qtbot.waitUntil(lambda: opened.lines()[LARGE_ROW] == f"{LARGE} (1.7 GB, in use)")
    assert opened.library.settings.model == LARGE
    assert not page.remove.isEnabled()


def test_a_download_is_paused_and_goes_on_from_there(open_page: Open, qtbot: QtBot) -> None:
    opened = open_page()
    opened.library.download_steps = 100_000
    page = opened.page
    page.models.setCurrentRow(LARGE_ROW)
    page.get.click()
    qtbot.waitUntil(lambda: "downloaded" in page.state.text())
    page.pause.click()
    qtbot.waitUntil(lambda: "paused at" in opened.lines()[LARGE_ROW])
    assert page.get.text() == "Go on downloading"
    assert "also after the next start" in page.state.text()
    assert not page.bar.isVisible()
    opened.library.download_steps = 2
    qtbot.waitUntil(page.get.isEnabled)
    page.get.click()
    qtbot.waitUntil(lambda: page.state.text() == f"{LARGE} is installed.")


def test_what_a_paused_download_left_is_found_after_a_start_and_can_be_discarded(
    open_page: Open, qtbot: QtBot
) -> None:
    def paused(library: FakeLibrary) -> None:
        half = replace(library.models_known[LARGE], fetched=850_000_000)
        library.models_known[LARGE] = half

    opened = open_page(paused)
    page = opened.page
    assert opened.lines()[LARGE_ROW] == f"{LARGE} (1.7 GB, paused at 850 MB)"
    page.models.setCurrentRow(LARGE_ROW)
    assert page.discard.isVisible()
    page.discard.click()
    qtbot.waitUntil(lambda: opened.lines()[LARGE_ROW] == f"{LARGE} (1.7 GB, to download)")


def test_a_download_that_fails_says_why_and_goes_on_from_there(
    open_page: Open, qtbot: QtBot
) -> None:
    opened = open_page()
    page = opened.page
    said = "The disk of /models has 3 MB left and the model needs 1710 MB: make room and try again."
    opened.library.download_error = ModelDownloadError(said)
    page.models.setCurrentRow(LARGE_ROW)
    page.get.click()
    qtbot.waitUntil(lambda: page.problem.text() == said)
    qtbot.waitUntil(lambda: "paused at" in opened.lines()[LARGE_ROW])
    assert page.get.text() == "Go on downloading"


def test_the_old_model_answers_until_the_new_one_is_ready(open_page: Open, qtbot: QtBot) -> None:
    def change(library: FakeLibrary) -> None:
        library.takes_long = True
        library.models_known[LARGE] = replace(library.models_known[LARGE], installed=True)

    opened = open_page(change)
    page = opened.page
    page.models.setCurrentRow(LARGE_ROW)
    page.use.click()
    qtbot.waitUntil(lambda: opened.lines()[LARGE_ROW] == f"{LARGE} (1.7 GB, getting ready)")
    assert opened.lines()[STARTER_ROW] == (
        "Starter model (12 MB, answers until the new one is ready)"
    )
    said = f"{LARGE} looks at your photos: 40 of 100. Until it is through, Starter model answers."
    opened.library.events.emit(Progress("indexing", done=40, total=100))
    qtbot.waitUntil(lambda: page.coming.text() == said)
    page.models.setCurrentRow(STARTER_ROW)
    qtbot.waitUntil(page.use.isEnabled)  # back to the one before
    opened.library.is_ready()
    qtbot.waitUntil(lambda: opened.lines()[LARGE_ROW] == f"{LARGE} (1.7 GB, in use)")
    assert not page.coming.isVisible()


def test_speed_is_measured_never_guessed(open_page: Open, qtbot: QtBot) -> None:
    opened = open_page()
    page = opened.page
    page.models.setCurrentRow(LARGE_ROW)
    assert page.facts.values["speed"].text() == "Can be measured once it is installed"
    assert not page.measure.isVisible()
    page.models.setCurrentRow(STARTER_ROW)
    assert page.facts.values["speed"].text() == "Not measured on this computer yet"
    page.measure.click()
    qtbot.waitUntil(
        lambda: (
            page.facts.values["speed"]
            .text()
            .startswith("62 photos a second, 4.0 ms for a query, on CPU; measured ")
        )
    )


def test_a_model_that_needs_a_package_says_so_and_is_not_downloaded(open_page: Open) -> None:
    def change(library: FakeLibrary) -> None:
        library.models_known[LARGE] = replace(library.models_known[LARGE], package="transformers")

    opened = open_page(change)
    opened.page.models.setCurrentRow(LARGE_ROW)
    needs = opened.page.facts.values["needs"].text()
    assert "“transformers”, which is not installed here: install it with pip" in needs
    assert not opened.page.get.isEnabled()


def test_a_file_is_imported_once_its_architecture_is_known_and_removed_when_asked(
    open_page: Open, qtbot: QtBot
) -> None:
    opened = open_page()
    page = opened.page

    def bring(architecture: str) -> None:
        page.ask_about("/downloads/mine.safetensors")
        (dialog,) = [d for d in opened.window.findChildren(ImportDialog) if d.isVisible()]
        dialog.architecture.setText(architecture)
        assert dialog.primary is not None
        dialog.primary.click()

    bring("")
    qtbot.waitUntil(lambda: "Which architecture is mine.safetensors?" in page.problem.text())
    bring("ViT-B-32")
    qtbot.waitUntil(lambda: page.models.count() == 3)
    page.models.setCurrentRow(2)
    qtbot.waitUntil(page.remove.isEnabled)
    page.remove.click()
    say_yes(opened.window)
    qtbot.waitUntil(lambda: page.models.count() == 2)


def test_a_folder_is_imported_without_a_question(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = open_page()
    folder = tmp_path / "from the other computer"
    folder.mkdir()
    opened.page.ask_about(str(folder))
    qtbot.waitUntil(lambda: opened.page.models.count() == 3)
    assert not [d for d in opened.window.findChildren(ImportDialog) if d.isVisible()]


def test_mirror_and_proxy_are_kept(open_page: Open, qtbot: QtBot) -> None:
    opened = open_page()
    form = opened.page.network
    assert not form.save.isEnabled()
    form.mirror.setText("https://mirror.example")
    form.proxy.setText("http://proxy.example:3128")
    form.save.click()
    qtbot.waitUntil(lambda: "from now on" in opened.page.state.text())
    assert opened.library.settings.mirror == "https://mirror.example"
    assert opened.library.settings.proxy == "http://proxy.example:3128"
    qtbot.waitUntil(lambda: not form.save.isEnabled())


def test_who_only_looks_can_download_but_not_choose(open_page: Open) -> None:
    opened = open_page(writable=False)
    opened.page.models.setCurrentRow(LARGE_ROW)
    assert opened.page.get.isEnabled()
    assert not opened.page.network.isEnabled()


def test_another_theme_draws_the_list_anew(open_page: Open) -> None:
    opened = open_page()
    before = opened.page.models.item(LARGE_ROW).icon().cacheKey()
    opened.page.set_theme(DARK)
    assert opened.page.models.item(LARGE_ROW).icon().cacheKey() != before


@pytest.mark.usefixtures("qapp")
def test_facts_are_said_in_words() -> None:
    assert languages_text(("en",)) == "English"
    assert languages_text(("en", "zh", "mul")) == "English, Chinese and about 100 more"
    assert languages_text(()) == "Unknown"
    assert licence_text("MIT") == "MIT"
    assert licence_text("see its source") == "See its source"
    assert scores_text(()) == ""
    assert scores_text((Score("COCO", 0.393, "a table"),)) == (
        "The right photo comes first for its caption: 39.3 % of COCO (from a table)"
    )
    assert speed_text(None, installed=True) == "Not measured on this computer yet"
    for fact in CURATED:
        assert "open_clip" in scores_text(fact.scores) or "README" in scores_text(fact.scores)
