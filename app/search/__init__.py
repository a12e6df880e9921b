"""The search field: words, chips, photos, what is offered, and what is kept."""
