"""Labels: their pages, their line, teaching them, and what can be done with them."""
