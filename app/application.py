"""From the arguments to a running window, and back to an exit code."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.background import Background
from app.choices import read_choices
from app.desktop.freed_memory import FreedMemory, use_one_pool
from app.desktop.painting import draw_on_one_thread
from app.desktop.qt_log import log_qt_messages
from app.desktop.single_instance import Request, SingleInstance
from app.language import speak
from app.session import Session
from app.sidebar.places import Place
from app.theme import ThemeFollower
from app.widgets.icons import icon
from app.window.screenshot import Screenshot
from app.window.state import private_settings
from app.window.window import MainWindow
from core.cli.terminal import visible
from core.paths import LibraryPaths, default_library

if TYPE_CHECKING:
    from core.library import Library

DESKTOP_ENTRY = "io.github.souvenir.Souvenir"
FREEZE_MS = 10_000
PATIENCE_SECONDS = 120.0
PATIENCE_INDEXING_SECONDS = 1800.0


def run(arguments: argparse.Namespace) -> int:
    """Show the window until it is closed, or take its picture; returns the exit code."""
    log_qt_messages()
    QCoreApplication.setApplicationName("Souvenir")
    if getattr(sys, "frozen", False):  # installed: its entry in the desktop's menu is there
        QGuiApplication.setDesktopFileName(DESKTOP_ENTRY)
    use_one_pool()
    draw_on_one_thread()
    application = QApplication([sys.argv[0]])
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(icon("souvenir", QColor("black"), 64))
    directory = _directory(arguments)
    picture: Path | None = getattr(arguments, "screenshot", None)
    # A picture shows the same on every machine: nothing that a person chose counts for it.
    kept = None
    instance = SingleInstance(directory, application)
    if picture is None:
        kept = private_settings(LibraryPaths(directory).window)
        if not instance.claim_or_hand_over(_request(arguments)):
            return 0
    asked = getattr(arguments, "language", None)
    choices = read_choices(kept)
    themes = ThemeFollower(application, getattr(arguments, "theme", None), choices.theme)
    while True:
        speak(asked or choices.language, application)
        ending = _show(arguments, application, themes, instance, kept)
        instance.close()
        if not ending.again or not instance.claim_or_hand_over(Request()):
            return ending.code
        # What the command line asked for was for the first window.
        arguments = argparse.Namespace(library=arguments.library, model=arguments.model)
        asked, choices = None, read_choices(kept)


def _show(
    arguments: argparse.Namespace,
    application: QApplication,
    themes: ThemeFollower,
    instance: SingleInstance,
    kept: QSettings | None,
) -> _Ending:
    """Show one window until it has closed in order; returns how it ended."""
    directory = _directory(arguments)
    photos: Path | None = getattr(arguments, "photos", None)
    picture: Path | None = getattr(arguments, "screenshot", None)
    session = Session(partial(_open, directory, arguments.model), Background(application))
    with left_in_order(session):
        with themes.dressed_at_the_end():
            window = MainWindow(
                session,
                themes.theme,
                photos=photos,
                photo=getattr(arguments, "photo", None),
                query=getattr(arguments, "query", ""),
                settings=kept,
            )
        FreedMemory(session, window)
        themes.changed.connect(window.set_theme)
        window.settings_dialog.theme_changed.connect(themes.choose)
        instance.called.connect(window.called)
        session.closing.connect(instance.leave)
        if size := getattr(arguments, "size", None):
            window.resize(*size)
        ending = _Ending(application, window)
        if picture is not None:
            patience = PATIENCE_SECONDS if photos is None else PATIENCE_INDEXING_SECONDS
            screenshot = Screenshot(
                window,
                lambda: window.settled,
                picture,
                patience_seconds=patience,
                prepare=_preparation(arguments, window, ending),
            )
            screenshot.taken.connect(window.close)
            screenshot.failed.connect(ending.fail)
            session.refused.connect(ending.fail_with)
        if not (getattr(arguments, "hidden", False) and window.tray.on):
            window.show()
        # What is there by then stays: full collections, which hold up every thread, pass it over.
        QTimer.singleShot(FREEZE_MS, application, gc.freeze)
        application.exec()
        ending.stop()
        for gone in (window, session, session.background):
            gone.deleteLater()
    return ending


def _directory(arguments: argparse.Namespace) -> Path:
    return (arguments.library or default_library()).expanduser().absolute()


def _request(arguments: argparse.Namespace) -> Request:
    """What the window that is open already is to do."""

    def absolute(name: str) -> str:
        path: Path | None = getattr(arguments, name, None)
        return "" if path is None else str(path.expanduser().absolute())

    return Request(absolute("photos"), absolute("photo"))


def _preparation(
    arguments: argparse.Namespace, window: MainWindow, ending: _Ending
) -> Callable[[], None] | None:
    """What is done before the picture is taken, once everything is there."""
    if arguments.label:
        return partial(_look_at_label, window, ending, arguments.label)
    return partial(_open_first, window) if arguments.open else None


def _look_at_label(window: MainWindow, ending: _Ending, name: str) -> None:
    """Go to the photos of a label."""
    labels = {label.name.casefold(): label for label in window.labels.actions.labels}
    label = labels.get(name.casefold())
    if label is None:
        text = QCoreApplication.translate("Application", "There is no label called “{name}”.")
        ending.fail(text.format(name=name))
    else:
        window.sidebar.choose(Place("label", str(label.id), label.name))


def _open_first(window: MainWindow) -> None:
    """Open the first photo that is shown, if there is any."""
    if len(window.model.ids):
        window.navigation.open_viewer(0)


@contextmanager
def left_in_order(session: Session) -> Iterator[None]:
    """No thread stays behind, whatever ends the window: the process would never end."""
    try:
        yield
    finally:
        if session.state != "closed":
            session.give_up()


class _Ending(QObject):
    """Ends the event loop once the window has closed in order; signals to end close the window.

    `again`: another window is to follow, as the person asked for one.
    """

    interrupted = Signal()

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        super().__init__(application)
        self.code = 0
        self.again = False
        self._window = window
        window.settings_dialog.reopening_asked.connect(self._reopen)
        window.closed.connect(application.quit)
        self.interrupted.connect(window.quit)
        for number in (signal.SIGINT, signal.SIGTERM):  # Ctrl+C, and the end of the session
            signal.signal(number, self._interrupt)
        # Python sees a signal only while it runs: let it, now and then.
        self._pulse = QTimer(self)
        self._pulse.timeout.connect(self._breathe)
        self._pulse.start(250)

    def _interrupt(self, number: int, _frame: object) -> None:
        self.code = 128 + number
        self.interrupted.emit()

    def stop(self) -> None:
        """The event loop has ended."""
        self._pulse.stop()

    @Slot()
    def _reopen(self) -> None:
        """Close the window, for another one that speaks another language."""
        self.again = True
        self._window.quit()

    @Slot()
    def _breathe(self) -> None:
        """Give Python a moment."""

    @Slot(str)
    def fail(self, sentence: str) -> None:
        """Say what went wrong on stderr, then close."""
        sys.stderr.write(visible(sentence) + os.linesep)
        self.code = 1
        self._window.close()

    @Slot(Exception)
    def fail_with(self, error: Exception) -> None:
        """The same for an error."""
        self.fail(str(error))


def _open(directory: Path, model: str | None, write: bool) -> Library:
    # Imported here, on a thread: the window is up before core is.
    from core.library import Library

    return Library.open(directory, write=write, model=model)
