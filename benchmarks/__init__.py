"""How fast Souvenir is, measured: `python -m benchmarks` prints one table. Nothing is asserted."""
