"""The steps that bring any older catalogue to this version's schema, in order, each done once."""

from __future__ import annotations

import importlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# Steps are only ever appended. PRAGMA user_version is how many of them a catalogue has had.
MIGRATIONS = (
    "0001_first",
    "0002_organizing",
    "0003_labels",
    "0004_wide_photos",
    "0005_writing",
    "0006_unread_photos",
    "0007_disks",
    "0008_unread_directories",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Apply, inside the open transaction, every step that this catalogue has not had."""
    tx.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at REAL NOT NULL)"
    )
    applied = {name for (name,) in tx.execute("SELECT name FROM migrations")}
    for name in MIGRATIONS:
        if name not in applied:
            importlib.import_module(f"{__name__}.{name}").migrate(tx)
            tx.execute("INSERT INTO migrations VALUES (?, ?)", (name, time.time()))
    tx.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
