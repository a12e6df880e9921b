"""The grid: what is where in it, how it is drawn, and how one moves and selects in it."""
