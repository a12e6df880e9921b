"""Data that ships with Souvenir: the starter model, prompt templates, icons, themes."""
