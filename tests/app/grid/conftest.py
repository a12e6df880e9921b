"""A grid of a million photos, for all that is tested of grids."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.background import Background
from app.grid.model import PhotoModel
from app.grid.thumbnails import Thumbnails
from app.grid.view import GridView
from app.theme import DARK
from tests.app.grid.grids import Drops


@pytest.fixture
def drops() -> Drops:
    """What is dragged out of the grid."""
    return Drops()


@pytest.fixture
def grid(qtbot: QtBot, background: Background, drops: Drops) -> Iterator[GridView]:
    """A grid of a million photos of which nothing is known yet."""
    model = PhotoModel()
    thumbnails = Thumbnails(background, read=lambda _: None, preview=lambda _: None)
    view = GridView(model, thumbnails, DARK, drags=drops)
    view.resize(1000, 700)
    view.show()
    model.show(np.arange(1, 1_000_001, dtype=np.int64))
    yield view
    qtbot.waitUntil(lambda: view.complete or not background.busy)
    view.close()
    view.deleteLater()
