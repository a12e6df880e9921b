"""Everything that touches torch and open_clip: the only package that imports them, when called.

What comes out are plain values and functions on NumPy arrays, so that nothing else needs torch.
"""

from __future__ import annotations

import os

# Read by OpenMP when torch is imported. Threads that wait by spinning take the cores from the
# decoders: measured beside them on 2 cores, 24 photos/s instead of 13 (ViT-B-32-256, int8).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("KMP_BLOCKTIME", "0")
