"""A model's two towers on a device, as functions."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.embedding.devices import DeviceFacts, DeviceName, Precision
from core.embedding.models import Model
from core.embedding.openclip.checkpoints import create_clip, first_line, root_logger_untouched
from core.embedding.openclip.speed import (
    linear_share,
    quantised,
    use_plain_attention,
    with_folded_norms,
)
from core.errors import ModelError

if TYPE_CHECKING:
    import torch

Images = NDArray[np.uint8]
Floats = NDArray[np.float32]
ImageFunction = Callable[[Images], Floats]


@dataclass(frozen=True)
class Towers:
    """The two towers of a model on one device, as functions; neither normalises.

    `images`: uint8 (n, size, size, 3) → float32 (n, dim). `texts`: n texts → float32 (n, dim), None
    when it was not asked for.
    """

    precision: Precision
    images: ImageFunction
    texts: Callable[[Sequence[str]], Floats] | None


def torch_version() -> str:
    """The version of torch, as it calls itself."""
    import torch

    return str(torch.__version__)


def device_facts() -> DeviceFacts:
    """What GPUs torch can use here, and why not; each is tried, not only asked for."""
    import torch

    own = f"torch {torch.__version__.partition('+')[0]}"
    cuda, cuda_problem = None, f"{own}, built for {_build()}, finds no GPU that it can use"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if torch.version.cuda is None and torch.version.hip is None:
            cuda_problem = f"{own} was built for the CPU only"
        elif torch.cuda.is_available():
            try:
                (torch.ones(2, 2, device="cuda") @ torch.ones(2, 2, device="cuda")).sum().item()
                cuda = torch.cuda.get_device_name()
            except RuntimeError as error:
                cuda_problem = f"the GPU does not work with this torch ({first_line(error)})"
        elif caught:
            cuda_problem = f"{own} can use no CUDA GPU ({first_line(caught[-1].message)})"
    mps, mps_problem = None, "this is not an Apple computer with a GPU"
    if torch.backends.mps.is_available():
        mps = "of this Mac"
    elif torch.backends.mps.is_built():
        mps_problem = "this macOS is too old for torch's Metal support"
    return DeviceFacts(cuda, cuda_problem, mps, mps_problem)


def _build() -> str:
    """What torch was built for: "CUDA 12.6" or "ROCm 6.2"."""
    import torch

    return f"ROCm {torch.version.hip}" if torch.version.hip else f"CUDA {torch.version.cuda}"


def use_threads(count: int) -> None:
    """Compute on so many threads of the CPU; 0: as many as torch would by itself."""
    import torch

    own = _own_threads()
    torch.set_num_threads(count or own)


@lru_cache(maxsize=1)
def _own_threads() -> int:
    import torch

    return torch.get_num_threads()


def gpu_memory() -> int:
    """Free bytes on the CUDA GPU."""
    import torch

    return int(torch.cuda.mem_get_info()[0])


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device had too little memory; what is cached on it is given back then."""
    import torch

    if isinstance(error, torch.OutOfMemoryError):
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        return True
    if isinstance(error, RuntimeError) and "MPS backend out of memory" in str(error):
        torch.mps.empty_cache()
        return True
    return isinstance(error, MemoryError) or "not enough memory" in str(error)


def load_towers(
    model: Model,
    device: DeviceName,
    precision: Precision | None,
    *,
    texts: bool,
    prefer_int8: Callable[[ImageFunction, ImageFunction], bool],
) -> Towers:
    """Load `model` onto `device`. The text tower is dropped from memory unless `texts`.

    GPUs take fp16. On the CPU, `precision` None asks `prefer_int8(fp32, int8)`, where int8 may gain
    anything.
    """
    import torch

    clip = create_clip(model.weights.parent, f"the model '{model.name}'")
    visual: Any = clip.visual
    text_function = text_tower(model, clip, device) if texts else None
    del clip
    use_plain_attention(visual)
    visual = with_folded_norms(visual, model.model_input.size)
    dtype = torch.float32 if device == "cpu" else torch.float16
    # Channels last is how photos arrive; convolutions are faster on it.
    visual = visual.to(device=device, dtype=dtype, memory_format=torch.channels_last)
    if device != "cpu":
        return Towers("fp16", image_tower(model, visual), text_function)
    if precision is None and linear_share(visual) > 0.5:
        small = quantised(copy.deepcopy(visual))
        if small and prefer_int8(image_tower(model, visual), image_tower(model, small)):
            return Towers("int8", image_tower(model, small), text_function)
    if precision == "int8" and (small := quantised(visual)):
        return Towers("int8", image_tower(model, small), text_function)
    return Towers("fp32", image_tower(model, visual), text_function)


def image_tower(model: Model, visual: torch.nn.Module) -> ImageFunction:
    """Photos → features, with pixels scaled and normalised on the device."""
    import torch

    example = next(visual.parameters())
    device, dtype = example.device, example.dtype
    std = torch.tensor(model.std, dtype=torch.float32)
    shift = (-torch.tensor(model.mean, dtype=torch.float32) / std).view(1, 3, 1, 1)
    scale = (1 / (255 * std)).view(1, 3, 1, 1)
    shift, scale = shift.to(device), scale.to(device)

    def encode(images: Images) -> Floats:
        with torch.inference_mode():
            pixels = torch.from_numpy(images).to(device).permute(0, 3, 1, 2)
            features = visual(torch.addcmul(shift, pixels.float(), scale).to(dtype))
            if isinstance(features, tuple):  # CoCa gives its tokens too
                features = features[0]
            result: Floats = features.float().cpu().numpy()
            return result

    return encode


def text_tower(
    model: Model, clip: torch.nn.Module, device: DeviceName
) -> Callable[[Sequence[str]], Floats]:
    """Texts → features, for towers that NumPy cannot compute. Drops the image tower of `clip`."""
    import open_clip
    import torch

    del clip.visual
    clip.to(device)
    try:
        with root_logger_untouched():
            foreign = bool(model.config["text_cfg"].get("hf_tokenizer_name"))
            tokenize = open_clip.get_tokenizer(
                f"local-dir:{model.weights.parent}",
                **({"trust_remote_code": False} if foreign else {}),
            )
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"The words of the model '{model.name}' cannot be read ({first_line(error)}): install"
            " the package 'transformers' with pip, then the model again."
        ) from error

    def encode(texts: Sequence[str]) -> Floats:
        with torch.inference_mode():
            features = clip.encode_text(tokenize(texts).to(device))  # type: ignore[operator]
            result: Floats = features.float().cpu().numpy()
            return result

    return encode
