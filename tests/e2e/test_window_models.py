"""Settings, models, in the real window: from a server on this computer, good and bad, to use."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.settings.model import ModelPage
from app.widgets.question import Question
from core.embedding.install import import_model
from core.embedding.models import CONFIG_FILE, WEIGHTS_FILE, model_folder
from tests.e2e.conftest import OpenWindow, Prepared, close_window
from tests.e2e.real_window import Person
from tests.helpers.hub_server import Hub
from tests.helpers.small_disk import fill_up, small_disk
from tests.helpers.small_hub import WEIGHTS_PATH, offer_as, small_hub

STARTER = "Starter model"
NAME = "ViT-B-32/laion2b_s34b_b79k"  # the first that is recommended; small and made up here


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with small_hub(tmp_path, monkeypatch) as hub:
        offer_as(NAME, monkeypatch)
        yield hub


class ModelPerson(Person):
    """Somebody at the page of models."""

    @property
    def page(self) -> ModelPage:
        page = self.window.settings_dialog.pages["model"]
        assert isinstance(page, ModelPage)
        return page

    def open_models(self, name: str) -> None:
        """Open the settings at the models and choose one of them."""
        self.window.settings_dialog.show_page("model")
        self.wait(lambda: self.line(name))
        rows = self.page.models
        (row,) = [n for n in range(rows.count()) if rows.item(n).text().startswith(name)]
        rows.setCurrentRow(row)

    def line(self, name: str) -> str:
        """What the list says of a model; "" while it does not have it."""
        found = self.page.models.findItems(name, Qt.MatchFlag.MatchStartsWith)
        return found[0].text() if found else ""

    def is_told(self, sentence: str) -> None:
        """Wait until this is said at the top, and something can be done about it again."""
        self.wait(lambda: sentence in self.page.problem.text())
        self.wait(self.page.get.isEnabled)

    def download(self) -> None:
        """Download the model that is chosen, to its end."""
        self.wait(self.page.get.isEnabled)
        self.click(self.page.get)
        told, state = self.page.problem, self.page.state
        self.wait(lambda: told.text() or "is installed" in state.text())
        assert told.text() == ""


def at_window(open_window: OpenWindow, prepared: Prepared, qtbot: QtBot) -> ModelPerson:
    person = ModelPerson(open_window(prepared.library), prepared.photos, qtbot)
    person.arrive(15)
    return person


@pytest.fixture
def somebody(open_window: OpenWindow, prepared: Prepared, qtbot: QtBot) -> ModelPerson:
    prepared.fresh()
    return at_window(open_window, prepared, qtbot)


def test_a_model_is_fetched_in_two_parts_takes_over_and_is_let_go(
    hub: Hub, somebody: ModelPerson, open_window: OpenWindow, prepared: Prepared, qtbot: QtBot
) -> None:
    person = somebody
    person.open_models(NAME)
    hub.hold_after = 50_000
    person.click(person.page.get)
    person.wait(lambda: person.page.bar.maximum() == 1000)  # so much of so much is told
    person.click(person.page.pause)
    hub.go_on()
    person.wait(lambda: "paused at" in person.line(NAME))
    close_window(person.window, qtbot)

    person = at_window(open_window, prepared, qtbot)
    person.open_models(NAME)
    person.wait(lambda: "paused at" in person.line(NAME))
    assert person.page.get.text() == "Go on downloading"
    hub.asked.clear()
    person.download()
    assert hub.ranges_asked()[0].startswith("bytes=")

    library = person.window.session.library
    library.pause()  # so that there is time to look
    person.wait(person.page.use.isEnabled)
    person.click(person.page.use)
    person.wait(lambda: "getting ready" in person.line(NAME))
    assert "answers until the new one is ready" in person.line(STARTER)
    assert person.page.coming.text().startswith(NAME)
    person.window.settings_dialog.close()
    person.window.to_search()
    person.type_text(person.window.header.search.edit, "a red motorcycle")
    person.wait(lambda: person.window.browse.shown.query == "a red motorcycle")
    person.wait(lambda: "motorcycle" in person.names()[0])  # which random weights do not know
    library.resume()
    person.becomes(lambda: library.model.name, NAME)

    person.open_models(STARTER)
    person.wait(lambda: "in use" in person.line(NAME))
    person.wait(person.page.use.isEnabled)
    person.click(person.page.use)
    person.wait(lambda: "in use" in person.line(STARTER))
    person.open_models(NAME)
    person.wait(person.page.remove.isEnabled)
    person.click(person.page.remove)
    person.click(person.dialog(Question).yes)
    person.wait(lambda: "to download" in person.line(NAME))


def test_whatever_a_server_does_is_said_and_the_next_try_is_a_good_one(
    hub: Hub, somebody: ModelPerson
) -> None:
    person = somebody
    person.open_models(NAME)
    person.wait(person.page.get.isEnabled)

    hub.checksums[WEIGHTS_PATH] = "0" * 64
    person.click(person.page.get)
    person.is_told("damaged, its checksum is wrong: try again.")
    hub.checksums.clear()

    weights = hub.files.pop(WEIGHTS_PATH)
    person.click(person.page.get)
    person.is_told("(404): choose another model.")
    hub.files[WEIGHTS_PATH] = weights

    hub.cuts, hub.cut_after, hub.ranges = 99, 30_000, False
    person.click(person.page.get)
    person.is_told("the download goes on where it stopped.")
    assert "paused at" in person.line(NAME)
    hub.cuts, hub.ranges = 0, True

    person.page.network.mirror.setText("http://127.0.0.1:9")
    person.click(person.page.network.save)
    person.wait(lambda: "from now on" in person.page.state.text())
    person.wait(person.page.get.isEnabled)
    person.click(person.page.get)
    person.is_told("127.0.0.1:9 cannot be reached (Connection refused): go online, name a mirror")

    person.page.network.mirror.setText("http://mirror.example")
    person.page.network.proxy.setText(hub.address)
    person.click(person.page.network.save)
    person.wait(lambda: "from now on" in person.page.state.text())
    hub.hosts.clear()
    person.download()
    assert set(hub.hosts) == {"mirror.example"}


def test_a_full_disk_is_said_and_room_helps(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, somebody: ModelPerson
) -> None:
    assert hub.address
    with small_disk(tmp_path / "disk") as disk:
        monkeypatch.setenv("SOUVENIR_MODELS", str(disk / "models"))
        (disk / "models").mkdir()
        fill_up(disk / "photos of others")
        somebody.open_models(NAME)
        somebody.wait(somebody.page.get.isEnabled)
        somebody.click(somebody.page.get)
        somebody.is_told("make room")
        (disk / "photos of others").unlink()
        somebody.download()
        close_window(somebody.window, somebody.qtbot)


def test_a_folder_from_another_computer_is_imported_and_a_damaged_one_is_not(
    hub: Hub, tmp_path: Path, somebody: ModelPerson
) -> None:
    assert hub.address
    there = tmp_path / "the other computer"
    folder = model_folder(import_model(tmp_path / "source", there, name="mine").name, there)
    described = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
    described["souvenir"]["name"] = NAME
    (folder / CONFIG_FILE).write_text(json.dumps(described), "utf-8")
    good = Path(shutil.copytree(folder, tmp_path / "stick"))
    damaged = Path(shutil.copytree(folder, tmp_path / "damaged"))
    with (damaged / WEIGHTS_FILE).open("r+b") as file:
        file.seek(-1, 2)
        file.write(bytes([(damaged / WEIGHTS_FILE).read_bytes()[-1] ^ 1]))

    somebody.open_models(NAME)
    somebody.wait(somebody.page.bring.isEnabled)
    menu = somebody.page.bring.menu()
    menu.actions()[1].trigger()
    somebody.give_folder(damaged)
    somebody.is_told("is damaged, its checksum is wrong: copy it again.")
    menu.actions()[1].trigger()
    somebody.give_folder(good)
    somebody.wait(lambda: f"{NAME} is installed." in somebody.page.state.text())
    somebody.wait(lambda: ", installed)" in somebody.line(NAME))
