"""The window: its parts put together, and ways between them."""
