"""One photo, or a few beside each other, as large as fits."""
