"""What goes on and what is wrong: the status line, its details, problems, notices, the tray."""
