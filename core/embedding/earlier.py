"""The starter model of an earlier release, as far as it is still needed: to answer, not to look.

Where a new starter replaces the files of the one before, a library's embeddings are the earlier
one's until the new one has looked at all photos. So the new starter's text tower comes with a last
layer that takes its texts to where the earlier one had them (training/bridge.py makes it). It
answers by the earlier embeddings. It cannot look at photos.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from pathlib import Path

from core.embedding.models import STARTER, Model, read_model
from core.embedding.weights import open_weights
from core.errors import ModelError
from core.paths import STARTER_MODEL

EARLIER_STARTER = "earlier starter"
PROJECTION = "text_projection.weight"
_FILE = "earlier_*.safetensors"
_MARK = re.compile(r"earlier_([0-9a-f]{12})\.safetensors")
log = logging.getLogger(__name__)


def earlier_file(sha256: str) -> str:
    """The name of the file that stands for a starter with this checksum."""
    return f"earlier_{sha256[:12]}.safetensors"


def earlier_starter(folder: Path = STARTER_MODEL) -> Model | None:
    """The starter of the release before; None where there is none, or where it cannot be read."""
    try:
        files = sorted(folder.glob(_FILE))
    except OSError:  # the folder of the program may not be looked at: no model of it can be read
        return None
    for file in files:
        mark = _MARK.fullmatch(file.name)
        if mark is None:
            continue
        try:
            dim, _ = open_weights(file).shape(PROJECTION)
            return replace(
                read_model(folder, STARTER),
                name=EARLIER_STARTER,
                key=f"{STARTER}@{mark[1]}",
                dim=dim,
                text_projection=file,
            )
        except (ModelError, ValueError, KeyError) as error:
            log.warning("the earlier starter in %s cannot be read: %s", file, error)
    return None
