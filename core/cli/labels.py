"""`souvenir labels`, `souvenir tag` and `souvenir describe`: labels in a person's own words."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.gaps import gap_sentences
from core.cli.opening import existing_file, open_to_read, open_to_write
from core.cli.terminal import Terminal, number, table, visible
from core.errors import LibraryInUseError, SouvenirError

if TYPE_CHECKING:
    from core.library import Label, Library
    from core.library.tag_listing import FileTag


def add(arguments: Namespace, terminal: Terminal) -> int:
    """Add a label; photos that it fits carry it at once."""
    from core.library import DEFAULT_THRESHOLD, Label
    from core.search.quoting import phrases

    threshold = arguments.threshold
    label = Label(
        arguments.name,
        tuple(arguments.prompt) or (arguments.name,),
        tuple(arguments.against),
        tuple(arguments.template),
        parent=arguments.parent,
        group=arguments.group,
        threshold=DEFAULT_THRESHOLD if threshold is None else threshold,
    )
    with open_to_write(arguments) as library:
        _create(library, (label,), terminal)
        gaps = library.gaps(phrases(label.prompts))
    for sentence in gap_sentences(gaps, "the prompts"):
        terminal.remark(sentence)
    return 0


def list_labels(arguments: Namespace, terminal: Terminal) -> int:
    """Print the labels with their counts, or the sets that can be imported."""
    if arguments.built_in:
        return _list_built_in(arguments, terminal)
    with _up_to_date(arguments, terminal) as library:
        labels, counts = library.labels.labels(), library.labels.counts()
    if arguments.json:
        terminal.answer_json([_described(label, counts[label.id]) for label in labels])
        return 0
    rows = [
        (
            visible(label.name),
            number(counts[label.id], "photo") if label.active else "off",
            f"from {label.threshold:.2f}",
            visible(", ".join(label.prompts)),
        )
        for label in labels
    ]
    for line in table(rows):
        terminal.say(line)
    if not rows:
        terminal.remark("There are no labels yet: 'souvenir labels add' makes one.")
    return 0


def show(arguments: Namespace, terminal: Terminal) -> int:
    """Print all there is to say of one label."""
    with _up_to_date(arguments, terminal) as library:
        label = library.labels.label(arguments.name)
        count = library.labels.counts()[label.id]
    said = _described(label, count)
    if arguments.json:
        terminal.answer_json(said)
    else:
        rows = [(key, _shown(value)) for key, value in said.items() if value not in ("", [])]
        for line in table(rows):
            terminal.say(line)
    return 0


def remove(arguments: Namespace, terminal: Terminal) -> int:
    """Delete labels."""
    from core.library import DeleteLabels

    with open_to_write(arguments) as library:
        labels = [library.labels.label(name) for name in dict.fromkeys(arguments.names)]
        library.edit(DeleteLabels(tuple(dict.fromkeys(label.id for label in labels))))
    terminal.say(f"{number(len(labels), 'label')} removed; the photos stay.")
    return 0


def import_file(arguments: Namespace, terminal: Terminal) -> int:
    """Add the labels of a file or of a built-in set; those that are there stay as they are."""
    with open_to_write(arguments) as library:
        sets = {each.key: each for each in library.labels.built_in()}
        if arguments.file in sets and not Path(arguments.file).exists():
            labels = sets[arguments.file].labels
        else:
            labels = library.labels.read_file(existing_file(Path(arguments.file)))
        new = library.labels.missing(labels)
        if known := len(labels) - len(new):
            terminal.remark(
                f"{number(known, 'label')} of that name there already: left as they are."
            )
        if new:
            _create(library, new, terminal)
    return 0


def export(arguments: Namespace, terminal: Terminal) -> int:
    """Write all labels to a file."""
    with open_to_read(arguments) as library:
        labels = library.labels.labels()
        library.labels.write_file(arguments.file.absolute(), labels)
    terminal.say(f"{number(len(labels), 'label')} written to {terminal.path(str(arguments.file))}.")
    return 0


def teach(arguments: Namespace, terminal: Terminal) -> int:
    """Set or refuse a label on photos by hand; the label learns from it."""
    from core.library import SetTags

    if not (arguments.yes or arguments.no):
        raise SouvenirError("Nothing to learn: name photos with --yes and --no.")
    with open_to_write(arguments) as library:
        label = library.labels.label(arguments.name)
        yes = library.labels.photos_at(arguments.yes)
        no = library.labels.photos_at(arguments.no)
        if both := set(yes) & set(no):
            photo = library.photo(min(both))
            raise SouvenirError(
                f"{photo.files[0].path if photo else 'A photo'} is named with --yes and with --no: "
                "choose one."
            )
        library.edit(SetTags(label.id, dict.fromkeys(yes, True) | dict.fromkeys(no, False)))
        library.labels.settle()
        count = library.labels.counts()[label.id]
    carry = "carries" if count == 1 else "carry"
    terminal.say(f"{visible(label.name)} has learned: {number(count, 'photo')} {carry} it now.")
    return 0


def tag(arguments: Namespace, terminal: Terminal) -> int:
    """Print which photos carry which labels, by themselves or by hand."""
    from core.library.tag_listing import as_json, write_csv

    with _up_to_date(arguments, terminal) as library:
        every = library.labels.labels()
        labels = [library.labels.label(name) for name in arguments.label] or every
        found = [library.labels.tagged_files(label) for label in labels]
    if arguments.json:
        terminal.answer_json(as_json(found))
        return 0
    if arguments.csv:
        written = io.StringIO()
        # A screen shows rows; a pipe gets the cells as they are, several lines in one if need be.
        write_csv(found, written, terminal.path)
        for line in written.getvalue().removesuffix("\n").split("\n"):
            terminal.say(line)
        return 0
    for each in found:
        name = visible(each.label.name)
        terminal.say(terminal.style(f"{name}: {number(len(each.tags), 'file')}", "bold"))
        rows = [(f"  {_figure(tag)}", terminal.path(tag.path)) for tag in each.tags]
        for line in table(rows):
            terminal.say(line)
    if not found:
        terminal.remark("There are no labels yet: 'souvenir labels add' makes one.")
    return 0


def describe(arguments: Namespace, terminal: Terminal) -> int:
    """Print the labels and everyday descriptions that fit a photo best."""
    path = existing_file(arguments.file)
    if arguments.top < 1:
        raise SouvenirError("There is nothing to say in no words: give --top 1 or more.")
    with open_to_read(arguments) as library:
        fits = library.labels.describe(path, arguments.top)
    if arguments.json:
        terminal.answer_json(
            [
                {"text": fit.text, "relevance": fit.relevance, "label": fit.label_id is not None}
                for fit in fits
            ]
        )
        return 0
    for fit in fits:
        text = visible(fit.text) + (" (label)" if fit.label_id is not None else "")
        terminal.say(f"{fit.relevance:.2f}  {text}")
    return 0


def _create(library: Library, labels: tuple[Label, ...], terminal: Terminal) -> None:
    """Add labels, judge photos for them, and say what came of it."""
    from core.library import CreateLabels

    if notice := library.labels.notice(labels):
        terminal.remark(notice)
    library.edit(CreateLabels(labels))
    library.labels.settle()
    counts = library.labels.counts()
    made = [library.labels.label(label.name) for label in labels]
    for line in table([(visible(each.name), number(counts[each.id], "photo")) for each in made]):
        terminal.say(line)


@contextmanager
def _up_to_date(arguments: Namespace, terminal: Terminal) -> Iterator[Library]:
    """The library with every photo judged; as it stands where another process writes it."""
    try:
        library = open_to_write(arguments)
    except LibraryInUseError:
        with open_to_read(arguments) as library:
            yield library
        return
    with library:
        if not library.labels.settle(0):
            terminal.remark("Photos are being judged…")
            library.labels.settle()
        yield library


def _figure(tag: FileTag) -> str:
    return "by hand" if tag.source == "hand" else f"{tag.relevance:.2f}"


def _described(label: Label, photos: int) -> dict[str, Any]:
    return {
        "name": label.name,
        "prompts": list(label.prompts),
        "against": list(label.against),
        "templates": list(label.templates),
        "parent": label.parent,
        "group": label.group,
        "set": label.set,
        "threshold": label.threshold,
        "active": label.active,
        "photos": photos,
    }


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible(", ".join(value) if isinstance(value, list) else str(value))


def _list_built_in(arguments: Namespace, terminal: Terminal) -> int:
    from core.tagging.sets import built_in

    sets = built_in()
    if arguments.json:
        terminal.answer_json(
            [
                {
                    "key": each.key,
                    "name": each.name,
                    "labels": [label.name for label in each.labels],
                }
                for each in sets
            ]
        )
        return 0
    for line in table(
        [(each.key, each.name, ", ".join(label.name for label in each.labels)) for each in sets]
    ):
        terminal.say(line)
    return 0


ACTIONS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "add": add,
    "list": list_labels,
    "show": show,
    "remove": remove,
    "import": import_file,
    "export": export,
    "teach": teach,
}


def labels(arguments: Namespace, terminal: Terminal) -> int:
    """Run the action that was asked for."""
    return ACTIONS[arguments.action](arguments, terminal)
