"""Another language holds at once: the window is opened again in place, by the same process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.patience import PATIENCE

ROOT = Path(__file__).parents[2]

REOPEN = """
import argparse, json, sys
from pathlib import Path
from PySide6.QtCore import QLocale, Qt
import app.application as application
from core.errors import LibraryInUseError
from core.library import Library

windows, told = [], []
library = Path(sys.argv[1])


class Watched(application.MainWindow):
    def __init__(self, *arguments, **facts):
        super().__init__(*arguments, **facts)
        windows.append(self)
        self.session.opened.connect(self.look, Qt.ConnectionType.QueuedConnection)

    def look(self):
        try:
            Library.open(library).close()
            held = False
        except LibraryInUseError:
            held = True
        told.append([self.commands["app.settings"].text(), QLocale().name(), held])
        self.settings_dialog.show_page("appearance")
        page = self.settings_dialog.pages["appearance"]
        if len(told) < 3:
            at = page.languages.findData(["zh_CN", "en"][len(told) - 1])
            page.languages.setCurrentIndex(at)
            page.languages.activated.emit(at)
            page.reopen.click()
        else:
            self.quit()


application.MainWindow = Watched
arguments = argparse.Namespace(library=library, model=None, photos=None, language="en")
code = application.run(arguments)
Library.open(library).close()  # nobody holds it any more
print(json.dumps([code, told]))
"""


def test_the_window_opens_again_in_the_language_that_was_chosen(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REOPEN, str(tmp_path / "library")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    code, told = json.loads(done.stdout)
    assert code == 0
    assert told == [
        ["Settings…", "en_GB", True],
        ["设置…", "zh_CN", True],
        ["Settings…", "en_GB", True],
    ]
