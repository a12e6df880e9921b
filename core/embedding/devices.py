"""Which device embeds photos, at which precision, and why: said in words a person understands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from core.embedding.notes import read_notes, write_note

DeviceName = Literal["cuda", "mps", "cpu"]
Precision = Literal["fp16", "fp32", "int8"]
_NOTES = "devices.json"


@dataclass(frozen=True)
class DeviceChoice:
    """The device that is used. `reason` is one sentence.

    `fallback`: it is not the one that was wished for.
    """

    name: DeviceName
    precision: Precision
    reason: str
    fallback: bool = False


@dataclass(frozen=True)
class DeviceFacts:
    """What torch says of this computer.

    `cuda` and `mps` name the GPU that can be used; where they are None, the `…_problem` says why,
    as the end of a sentence.
    """

    cuda: str | None
    cuda_problem: str
    mps: str | None
    mps_problem: str


def pick_device(wanted: str, facts: DeviceFacts) -> tuple[DeviceName, str]:
    """The device for the wish "auto", "cuda", "mps" or "cpu", and the reason as one sentence.

    A wish that cannot be had falls back to the CPU: photos are embedded all the same.
    """
    if wanted == "cpu":
        return "cpu", "The CPU is used because the settings say so."
    if wanted in {"auto", "cuda"} and facts.cuda is not None:
        return "cuda", f"The GPU {facts.cuda} is used."
    if wanted in {"auto", "mps"} and facts.mps is not None:
        return "mps", f"The GPU {facts.mps} is used."
    if wanted == "mps":
        return (
            "cpu",
            f"The settings ask for an Apple GPU, but {facts.mps_problem}: the CPU is used.",
        )
    if wanted == "cuda":
        return "cpu", f"The settings ask for a CUDA GPU, but {facts.cuda_problem}: the CPU is used."
    return "cpu", f"The CPU is used because {facts.cuda_problem}."


def remember_device(cache: Path, wanted: str, choice: DeviceChoice) -> None:
    """Note which device a wish led to, so that it can be told before torch is loaded again."""
    write_note(cache / _NOTES, wanted, asdict(choice))


def remembered_device(cache: Path, wanted: str) -> DeviceChoice | None:
    """The device that embedded last time on this wish; None when there was no time yet."""
    note = read_notes(cache / _NOTES).get(wanted)
    if not isinstance(note, dict):
        return None
    name = next((each for each in get_args(DeviceName) if each == note.get("name")), None)
    kept = next((each for each in get_args(Precision) if each == note.get("precision")), None)
    return DeviceChoice(name, kept, str(note.get("reason"))) if name and kept else None
