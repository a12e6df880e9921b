"""Runtime hook: let torchvision be imported where its compiled operators are left out.

open_clip and timm import torchvision for its transforms. torchvision describes two operators of its
compiled part to torch when it is imported, which fails where there is no such part: in the bundle
for the CPU, whose torch has no torchvision that was built for it. No model of ours uses them. So
they are declared to torch first, when torchvision is imported and not before: torch is slow.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing, like importlib.abc, takes time that every start would pay for
if TYPE_CHECKING:
    from typing import Any

OPERATORS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)


class _Declaring:
    """Declares the operators when torchvision is looked for, then leaves finding it to others."""

    library: Any = None  # torch forgets the operators when this goes

    def find_spec(self, name: str, *_: object) -> None:
        """Find nothing."""
        if name == "torchvision" and self.library is None:
            import torch

            declare: Any = torch.library.Library
            self.library = declare("torchvision", "DEF")
            for operator in OPERATORS:
                self.library.define(operator)


finder: Any = _Declaring()
sys.meta_path.insert(0, finder)
