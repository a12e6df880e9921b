"""Write the model as the two files that plain open_clip loads."""

from __future__ import annotations

from pathlib import Path

from safetensors.torch import save_file
from torch import nn

from training.model import CONFIG_FILE, WEIGHTS_FILE, write_config


def export(model: nn.Module, folder: Path) -> int:
    """Write configuration and float16 weights into `folder`; returns their size in bytes.

    The weights are written beside their final name and moved there, so that a reader never sees
    half a file.
    """
    write_config(folder)
    weights = {
        name: (value.half() if value.is_floating_point() else value).contiguous()
        for name, value in model.state_dict().items()
    }
    unfinished = folder / f".{WEIGHTS_FILE}.part"
    save_file({name: value.detach().clone() for name, value in weights.items()}, unfinished)
    unfinished.chmod(0o644)
    unfinished.replace(folder / WEIGHTS_FILE)
    return sum((folder / name).stat().st_size for name in (CONFIG_FILE, WEIGHTS_FILE))
