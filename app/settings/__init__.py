"""The settings, a module for each page."""
