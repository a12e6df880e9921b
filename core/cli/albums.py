"""`souvenir albums`: listed, made, and copied or linked into a folder."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from core.cli.file_words import tell_problems
from core.cli.interrupt import Interrupt
from core.cli.opening import open_to_read, open_to_write
from core.cli.terminal import Terminal, number, table, visible
from core.errors import SouvenirError

if TYPE_CHECKING:
    from core.filing.steps import Problem
    from core.library.filing import Gathering, GatheringPlan
    from core.search.album_names import AnyAlbum


def list_albums(arguments: Namespace, terminal: Terminal) -> int:
    """Print the albums of both kinds with how many photos each has.

    One whose search cannot be understood, or leads back to itself, has no number.
    """
    wrong: list[str] = []
    found: list[tuple[AnyAlbum, int | None]] = []
    with open_to_read(arguments) as library:
        for album in library.albums.albums():
            try:
                photos = len(library.albums.photos(album))
            except SouvenirError as error:
                wrong.append(str(error))
                found.append((album, None))
            else:
                found.append((album, photos))
    for sentence in dict.fromkeys(wrong):
        terminal.remark(sentence)
    if arguments.json:
        terminal.answer_json(
            [
                {"name": album.name, "photos": photos, "query": album.query}
                for album, photos in found
            ]
        )
        return 0
    rows = [
        (
            visible(album.name),
            "?" if photos is None else number(photos, "photo"),
            "" if album.query is None else f"automatic: {visible(album.query)}",
        )
        for album, photos in found
    ]
    for line in table(rows):
        terminal.say(line)
    if not rows:
        terminal.remark("There are no albums yet: 'souvenir albums create' makes one.")
    return 0


def create(arguments: Namespace, terminal: Terminal) -> int:
    """Make an album of these photos, or one that shows what a query or labels find."""
    from core.library import CreateAlbum, SaveSearch
    from core.search.quoting import quoted

    query = " ".join(
        [
            *(f"label:{quoted(name)}" for name in arguments.label),
            *([] if arguments.query is None else [arguments.query]),
        ]
    )
    if query.strip() and arguments.photos:
        raise SouvenirError(
            "An album holds the photos that it is given, or what is found: give either photos or "
            "--query and --label."
        )
    with open_to_write(arguments) as library:
        names = {album.name.casefold() for album in library.albums.albums()}
        if " ".join(arguments.name.split()).casefold() in names:
            raise SouvenirError(
                f'There is an album "{visible(arguments.name)}" already: choose another name.'
            )
        for name in arguments.label:
            library.labels.label(name)
        if query.strip():
            library.labels.settle()
            library.search(query, top=1)  # a query that cannot be understood is refused here
            library.edit(SaveSearch(arguments.name, query))
        else:
            photos = tuple(library.labels.photos_at(arguments.photos))
            library.edit(CreateAlbum(arguments.name, photos))
        album = library.albums.album(arguments.name)
        count = len(library.albums.photos(album))
    terminal.say(f"{visible(album.name)} has {number(count, 'photo')}.")
    return 0


def export(arguments: Namespace, terminal: Terminal) -> int:
    """Copy the photos of an album into a folder, or link to them there; nothing is overwritten."""
    problems: list[Problem] = []
    went = 0
    with Interrupt() as interrupt, open_to_write(arguments) as library:
        album = library.albums.album(arguments.name)
        if album.query is not None:
            library.labels.settle()
        photos = library.albums.photos(album)
        folder = arguments.folder.absolute()
        if arguments.dry_run:
            _tell_plan(library.filing.plan_gathering(photos, folder), arguments, terminal)
            return 0
        for step in library.filing.gather(photos, folder, arguments.how, interrupt.came):
            went += bool(step.transfers)
            if step.problem is not None:
                problems.append(step.problem)
    done = _DONE[arguments.how]
    terminal.say(f"{number(went, 'photo')} {done} into {terminal.path(str(arguments.folder))}.")
    tell_problems(problems, terminal)
    return interrupt.exit_code or int(bool(problems))


_DONE: dict[Gathering, str] = {"copy": "copied", "hard_link": "linked", "symlink": "linked"}


def _tell_plan(plan: GatheringPlan, arguments: Namespace, terminal: Terminal) -> None:
    """Say what would be done, and what would hinder some of it."""
    folder, hard = terminal.path(str(arguments.folder)), arguments.how == "hard_link"
    went = plan.photos - (plan.other_disk if hard else 0)
    terminal.say(f"{number(went, 'photo')} would be {_DONE[arguments.how]} into {folder}.")
    if plan.taken:
        terminal.remark(
            f"{number(len(plan.taken), 'name')} taken there: the newcomers get a number."
        )
    if plan.away:
        terminal.remark(f"{number(plan.away, 'photo')} left out: the disk is not here.")
    if hard and plan.other_disk:
        terminal.remark(
            f"{number(plan.other_disk, 'photo')} left out: no hard link leads to another disk; "
            "use --symlink, or copy."
        )


ACTIONS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "list": list_albums,
    "create": create,
    "export": export,
}


def albums(arguments: Namespace, terminal: Terminal) -> int:
    """Run the action that was asked for."""
    return ACTIONS[arguments.action](arguments, terminal)
