"""The sidebar: every place that one can go to."""
