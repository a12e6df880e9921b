"""The icon in the tray: folders are watched on while the window is closed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app import wording
from app.widgets.icons import icon
from core.events import PhotosChanged, Progress

BIG_IMPORT = 100  # photos from which on it is worth a notice


class Tray(QObject):
    """An icon with a menu, off until `set_on`; nothing where the desktop has no tray.

    Slots: `take_progress` (core.events.Progress), `take_photos` (core.events.PhotosChanged). While
    `on`, closing the window is to hide it.
    """

    open_asked = Signal()
    pause_asked = Signal()
    resume_asked = Signal()
    quit_asked = Signal()
    noticed = Signal(str, str)  # title and text of a notice

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._paused = False
        self._added: set[int] = set()
        self._menu = QMenu(window)
        self._menu.addAction(self.tr("Open Souvenir"), self.open_asked.emit)
        self._pause = self._menu.addAction("", self._pause_or_resume)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Quit"), self.quit_asked.emit)
        self._name_pause()

    @property
    def on(self) -> bool:
        """Whether there is an icon by which a hidden window can be had back."""
        return self._icon is not None and self._icon.isVisible()

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Show the icon, or take it away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
        if on and QSystemTrayIcon.isSystemTrayAvailable():
            self._icon = QSystemTrayIcon(icon("souvenir", QColor("black"), 22), self)
            self._icon.setContextMenu(self._menu)
            self._icon.setToolTip("Souvenir")
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.open_asked)
            self._icon.show()

    @Slot(object)
    def take_photos(self, changes: PhotosChanged) -> None:
        """Count what comes in."""
        self._added.update(changes.added)

    @Slot(object)
    def take_progress(self, progress: Progress) -> None:
        """Follow how far indexing is; its end after many new photos is told."""
        self._paused = progress.phase == "paused"
        self._name_pause()
        tip = "Souvenir"
        if progress.phase == "idle":
            self._finish()
        elif progress.total:
            tip = self.tr("Souvenir: {done} of {total} photos").format(
                done=wording.number(progress.done), total=wording.number(progress.total)
            )
        if self._icon is not None:
            self._icon.setToolTip(tip)

    def _finish(self) -> None:
        count = len(self._added)
        self._added.clear()
        if count < BIG_IMPORT or self._window.isActiveWindow():
            return
        title = self.tr("{photos} added").format(photos=wording.photos(count))
        text = self.tr("They can be searched now.")
        self.noticed.emit(title, text)
        if self._icon is not None:
            self._icon.showMessage(title, text, self._icon.icon())

    def _name_pause(self) -> None:
        self._pause.setText(
            self.tr("Go on indexing") if self._paused else self.tr("Pause indexing")
        )

    @Slot()
    def _pause_or_resume(self) -> None:
        (self.resume_asked if self._paused else self.pause_asked).emit()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.open_asked.emit()
