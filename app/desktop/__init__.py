"""What the desktop and the platform have to offer, and want of a program."""
