from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from app.events import EventBridge
from core.events import Events, FoldersChanged, ModelChanged, PhotosChanged, Progress, Trouble


def test_a_flood_of_events_arrives_as_one_of_each_kind(qtbot: QtBot) -> None:
    events, bridge = Events(), EventBridge()
    bridge.listen(events)
    progress: list[tuple[Progress, str]] = []
    bridge.progress.connect(lambda p: progress.append((p, threading.current_thread().name)))
    changes: list[PhotosChanged] = []
    bridge.photos_changed.connect(changes.append)

    def flood() -> None:
        for n in range(3000):
            events.emit(Progress("indexing", done=n + 1, total=3000))
            events.emit(PhotosChanged(added=(n,)))

    thread = threading.Thread(target=flood)
    thread.start()
    thread.join()  # as long as the GUI thread is at something else
    waited = bridge.waits
    qtbot.waitUntil(lambda: bool(progress))
    assert [(told.done, thread) for told, thread in progress] == [(3000, "MainThread")]
    assert [set(change.added) for change in changes] == [set(range(3000))]
    assert (waited, bridge.waits) == (True, False)
    bridge.close()


def test_each_kind_of_event_has_its_signal(qtbot: QtBot) -> None:
    events, bridge = Events(), EventBridge()
    bridge.listen(events)
    told: list[str] = []
    bridge.trouble.connect(told.append)
    with qtbot.waitSignals([bridge.folders_changed, bridge.model_changed, bridge.trouble]):
        events.emit(FoldersChanged())
        events.emit(ModelChanged("starter"))
        events.emit(Trouble("The disk is full: make room."))
        events.emit(Trouble("The disk is full: make room."))
    assert told == ["The disk is full: make room."]
    bridge.close()


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    events, bridge = Events(), EventBridge()
    bridge.listen(events)
    events.emit(FoldersChanged())
    bridge.close()
    with qtbot.assertNotEmitted(bridge.folders_changed, wait=200):
        events.emit(FoldersChanged())
