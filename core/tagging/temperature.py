"""The temperature that a model was trained with: what makes probabilities of its cosines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.embedding.weights import open_weights

if TYPE_CHECKING:
    from pathlib import Path

USUAL = 100.0
"""What CLIP's training ends at, and is kept from passing (Radford et al. 2021, section 2.5)."""

_NAME = "logit_scale"


def temperature_of(weights: Path) -> float:
    """What cosines of the model in this file are multiplied by; the usual where it does not say.

    Raises ModelError where the file cannot be read.
    """
    stored = open_weights(weights)
    if _NAME not in stored or stored.shape(_NAME) not in {(), (1,)}:
        return USUAL
    found = float(np.exp(stored.float32(_NAME).reshape(-1)[0]))
    return found if np.isfinite(found) and 1.0 <= found <= 1000.0 else USUAL
