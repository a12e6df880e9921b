"""The window: knows core, and core does not know it."""
