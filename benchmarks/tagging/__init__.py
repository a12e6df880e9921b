"""How well labels find photos and what they learn: `python -m benchmarks.tagging`."""
