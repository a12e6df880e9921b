"""`souvenir models`: which model answers, and which others there are."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from core.cli.interrupt import Interrupt
from core.cli.opening import full_model_name, open_at_hand, open_to_write
from core.cli.progress import ProgressDisplay
from core.cli.terminal import Terminal, size, table


def list_models(arguments: Namespace, terminal: Terminal) -> int:
    """Print the models that are installed or can be had; a star marks the one that answers."""
    with open_at_hand(arguments) as library:
        infos = library.models()
        in_use = full_model_name(arguments.model or library.settings.model)
    if arguments.json:
        terminal.answer_json(
            [
                {
                    "name": info.name,
                    "installed": info.installed,
                    "in_use": info.name == in_use,
                    "bytes": info.bytes,
                    "licence": info.licence,
                    "description": info.description,
                }
                for info in infos
            ]
        )
        return 0
    rows = [
        (
            "*" if info.name == in_use else " ",
            info.name,
            "installed" if info.installed else "available",
            size(info.bytes),
            info.description,
        )
        for info in infos
    ]
    for line in table(rows):
        terminal.say(line)
    return 0


def download(arguments: Namespace, terminal: Terminal) -> int:
    """Install a model from its hub, with progress; what was fetched stays for the next try."""
    with Interrupt() as interrupt, open_at_hand(arguments) as library:
        display = ProgressDisplay(terminal.err)
        try:
            model = library.download_model(arguments.name, display.transfer, interrupt.came)
        finally:
            display.close()
        terminal.say(f"{model.name} is installed: 'souvenir models use {model.name}' chooses it.")
    return interrupt.exit_code


def import_checkpoint(arguments: Namespace, terminal: Terminal) -> int:
    """Install a model from a checkpoint file."""
    with open_at_hand(arguments) as library:
        model = library.import_model(
            arguments.checkpoint.absolute(), arch=arguments.arch, name=arguments.name
        )
    terminal.say(f"{model.name} is installed: 'souvenir models use {model.name}' chooses it.")
    return 0


def use(arguments: Namespace, terminal: Terminal) -> int:
    """Have another model answer from now on."""
    with open_to_write(arguments) as library:
        name = full_model_name(arguments.name)
        library.use_model(name)
    terminal.say(f"{name} answers from now on: 'souvenir index' embeds what it lacks.")
    return 0


def remove(arguments: Namespace, terminal: Terminal) -> int:
    """Delete an installed model's files."""
    with open_at_hand(arguments) as library:
        name = full_model_name(arguments.name)
        library.remove_model(name)
    terminal.say(f"{name} is removed; embeddings made with it stay in the library.")
    return 0


ACTIONS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "list": list_models,
    "download": download,
    "import": import_checkpoint,
    "use": use,
    "remove": remove,
}


def models(arguments: Namespace, terminal: Terminal) -> int:
    """Run the action that was asked for."""
    return ACTIONS[arguments.action](arguments, terminal)
