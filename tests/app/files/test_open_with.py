"""Opening photos with a program of one's choice: what a desktop knows, and what is started."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.desktop_programs import Program, programs_for, starts
from app.files.open_with import OpenWith
from tests.app.real_files import RealFiles

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="there, the system's own dialog asks"
)


@dataclass
class Desktop:
    """A desktop with programs of its own and nothing of this computer's."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_DATA_DIRS": str(self.home / "shared"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CONFIG_DIRS": str(self.home / "etc"),
            "XDG_CURRENT_DESKTOP": "Kite",
            "PATH": str(self.home / "bin"),
        }

    def write(self, path: str, text: str) -> Path:
        target = self.home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        return target

    def program(self, name: str, fields: str, *, where: str = "shared", types: str = "") -> None:
        types = types or "image/jpeg;image/png;"
        command = name.rpartition("/")[2]
        program = self.write(f"bin/{command}", "#!/bin/sh\n")
        program.chmod(0o755)
        usual = f"Type=Application\nMimeType={types}\nExec={command} %f\n"
        given = {line.partition("=")[0] for line in fields.splitlines()}
        lines = [line for line in usual.splitlines() if line.partition("=")[0] not in given]
        text = "\n".join(["# of no group", "[Desktop Entry]", fields, *lines])
        self.write(f"{where}/applications/{name}.desktop", text + "\n[Desktop Action x]\nName=No\n")

    def names(self, *types: str, languages: tuple[str, ...] = ()) -> list[str]:
        found = programs_for(types or ("image/jpeg",), self.environment, languages)
        return [program.name + "*" * program.usual for program in found]


@pytest.fixture
def desktop(tmp_path: Path) -> Desktop:
    return Desktop(tmp_path)


def test_programs_are_listed_by_name(desktop: Desktop) -> None:
    desktop.program("zeta", "Name=Alpha")
    desktop.program("kde/beta", "Name=beta")
    desktop.program("text", "Name=Text", types="text/plain;")
    assert desktop.names() == ["Alpha", "beta"]


def test_the_usual_one_comes_first_then_those_that_the_person_added(desktop: Desktop) -> None:
    for name in ("a", "b", "c", "d", "e"):
        desktop.program(name, f"Name={name}")
    desktop.program("kde/paint", "Name=paint", types="text/plain")
    desktop.write(
        "config/mimeapps.list",
        "[Default Applications]\nimage/jpeg=gone.desktop;c.desktop\n"
        "[Added Associations]\nimage/jpeg=kde-paint.desktop;e.desktop;\n"
        "[Removed Associations]\nimage/jpeg=b.desktop\n",
    )
    desktop.write("etc/mimeapps.list", "[Default Applications]\nimage/jpeg=a.desktop\n")
    assert desktop.names() == ["c*", "paint", "e", "a", "d"]
    desktop.write("config/kite-mimeapps.list", "[Default Applications]\nimage/jpeg=d.desktop\n")
    assert desktop.names()[0] == "d*"


def test_what_is_removed_further_up_stays_removed(desktop: Desktop) -> None:
    desktop.program("a", "Name=a", types="text/plain")
    desktop.write("etc/mimeapps.list", "[Added Associations]\nimage/jpeg=a.desktop\n")
    assert desktop.names() == ["a"]
    desktop.write("config/mimeapps.list", "[Removed Associations]\nimage/jpeg=a.desktop\n")
    assert desktop.names() == []


def test_programs_for_the_wider_type_come_after(desktop: Desktop) -> None:
    desktop.program("a", "Name=any raw", types="image/x-dcraw;")
    desktop.program("b", "Name=this raw", types="image/x-canon-cr3;")
    assert desktop.names("image/x-canon-cr3", "image/x-dcraw") == ["this raw", "any raw"]


def test_a_persons_own_entry_stands_for_the_shared_one(desktop: Desktop) -> None:
    desktop.program("a", "Name=shared")
    desktop.program("b", "Name=shared b")
    desktop.program("a", "Name=own", where="data")
    desktop.program("b", "Name=own b\nHidden=true", where="data")
    assert desktop.names() == ["own"]


def test_what_cannot_be_started_is_left_out(desktop: Desktop) -> None:
    desktop.program("a", "Name=a\nTerminal=true")
    desktop.program("b", "Name=b\nTryExec=missing")
    desktop.program("c", "Name=c\nExec=missing %f")
    desktop.program("d", 'Name=d\nExec="unended %f')
    desktop.program("souvenir", "Name=Souvenir")
    desktop.program("f", "Name=f\nType=Link")
    desktop.write("shared/applications/g.desktop", "no groups at all \x00")
    assert desktop.names() == []


def test_names_are_in_the_language_of_the_window(desktop: Desktop) -> None:
    desktop.program("a", "Name=Paint\nName[zh_CN]=画图\nName[zh]=畫圖")
    assert desktop.names(languages=("zh_CN", "zh")) == ["画图"]
    assert desktop.names(languages=("de",)) == ["Paint"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("p", "%f"), [["p", "/a b.jpg"], ["p", "/c.jpg"]]),
        (("p", "%u", "x"), [["p", "file:///a%20b.jpg", "x"], ["p", "file:///c.jpg", "x"]]),
        (("p", "%F"), [["p", "/a b.jpg", "/c.jpg"]]),
        (("p", "-n", "%U"), [["p", "-n", "file:///a%20b.jpg", "file:///c.jpg"]]),
        (("p",), [["p", "/a b.jpg"], ["p", "/c.jpg"]]),
        (
            ("p", "--at=%f", "%i", "%c", "100%%", "%d"),
            [
                ["p", "--at=/a b.jpg", "--icon", "i", "Name", "100%"],
                ["p", "--at=/c.jpg", "--icon", "i", "Name", "100%"],
            ],
        ),
    ],
)
def test_files_take_the_place_of_codes(command: tuple[str, ...], expected: list[list[str]]) -> None:
    program = Program("Name", command, icon="i")
    assert list(starts(program, [Path("/a b.jpg"), Path("/c.jpg")])) == expected


def test_commands_are_quoted_as_the_specification_says(desktop: Desktop) -> None:
    desktop.program("a", 'Name=a\nExec=a "with space" "\\\\"q\\\\"" %F')
    (program,) = programs_for(["image/jpeg"], desktop.environment)
    assert program.command == ("a", "with space", '"q"', "%F")


# The menu


@pytest.fixture
def real(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, desktop: Desktop
) -> Iterator[RealFiles]:
    for name, value in desktop.environment.items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    files = RealFiles(tmp_path, monkeypatch)
    files.open(qtbot)
    yield files
    files.close(qtbot)


def writing_program(desktop: Desktop, name: str) -> Path:
    """A program that writes down the files that it is started with."""
    log = desktop.home / f"{name}.json"
    script = desktop.write(
        f"{name}.py",
        "import json, sys, pathlib\n"
        f"part = pathlib.Path({str(log)!r} + '.part')\n"
        "part.write_text(json.dumps(sys.argv[1:]))\n"
        f"part.rename({str(log)!r})\n",
    )
    fields = f'Name={name}\nExec="{sys.executable}" "{script}" %F'
    desktop.program(name, fields, types="image/png")
    return log


def opened_menu(chooser: OpenWith, window: QWidget, qtbot: QtBot) -> list[QAction]:
    chooser.choose()
    (menu,) = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    assert [action.text() for action in menu.actions()] == ["Looking for programs…"]
    qtbot.waitUntil(lambda: menu.actions()[0].text() != "Looking for programs…")
    return menu.actions()


def test_the_chosen_program_gets_the_chosen_files(
    real: RealFiles, desktop: Desktop, qtbot: QtBot
) -> None:
    log = writing_program(desktop, "Retouch & more")
    chosen = [real.add("a b.png", "red"), real.add("c.png", "green")]
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    chooser = OpenWith(real.session, lambda: chosen, window)
    (action,) = opened_menu(chooser, window, qtbot)
    assert action.text() == "Retouch && more"
    action.trigger()
    qtbot.waitUntil(log.exists)
    assert [Path(path).name for path in json.loads(log.read_text())] == ["a b.png", "c.png"]


def test_without_any_program_it_says_so(real: RealFiles, qtbot: QtBot) -> None:
    chosen = [real.add("a.png", "red")]
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    (action,) = opened_menu(OpenWith(real.session, lambda: chosen, window), window, qtbot)
    assert action.text() == "No program is known for this photo"
    assert not action.isEnabled()


def test_a_program_that_is_gone_meanwhile_is_told(
    real: RealFiles, desktop: Desktop, qtbot: QtBot
) -> None:
    chosen = [real.add("a.png", "red")]
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    chooser = OpenWith(real.session, lambda: chosen, window)
    gone = Program("Gone", (str(desktop.home / "gone"), "%F"))
    with qtbot.waitSignal(chooser.told) as told:
        chooser._open(gone, [Path("/a.png")])
    assert told.args == ["Gone cannot be started: open the photo from the file manager."]
