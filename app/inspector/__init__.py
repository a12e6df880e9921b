"""The inspector: all there is to know of what is selected, and what a person says of it."""
