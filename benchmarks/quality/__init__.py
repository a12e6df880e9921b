"""How well models find photos: `python -m benchmarks.quality`."""
