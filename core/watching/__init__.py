"""Watching: what changed in the folders, by looking (scan) and by listening (watcher)."""
