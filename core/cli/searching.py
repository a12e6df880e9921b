"""`souvenir search` and `souvenir similar`."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.cli.gaps import gap_sentences, name_sentence
from core.cli.opening import existing_file, open_to_read
from core.cli.terminal import Terminal, number, table, visible
from core.errors import PhotoError

if TYPE_CHECKING:
    from core.library import Library
    from core.search.knowing import Gaps
    from core.search.ranking import SearchResults

LESS_LIKELY = "less likely"


@dataclass(frozen=True)
class Hit:
    """One photo found: `path` is absolute, `score` a cosine similarity, `relevance` 0…1."""

    path: str
    photo: int
    score: float
    relevance: float
    likely: bool


@dataclass(frozen=True)
class Answer:
    """What was found. `nothing` begins the sentence for no result, `poor` is that for weak ones.

    `words`: the query, or what was written beside a photo. `gaps`: what of it the model does not
    know.
    """

    query: str
    words: str
    hits: list[Hit]
    found: SearchResults
    nothing: str
    poor: str
    gaps: Gaps


def search(arguments: Namespace, terminal: Terminal) -> int:
    """Print the photos that fit a description, best first."""
    query = " ".join(arguments.query)
    with open_to_read(arguments) as library:
        found = library.search(query, top=arguments.top, exact=arguments.exact)
        nothing = f"Nothing matches '{visible(query)}'"
        hits = _hits(library, found, query)
        gaps = library.gaps(query)
        told = Answer(query, query, hits, found, nothing, f"{nothing} well.", gaps)
        _answer(library, told, arguments, terminal)
    return 0


def similar(arguments: Namespace, terminal: Terminal) -> int:
    """Print the photos that look like one, best first."""
    path = existing_file(arguments.file)
    with open_to_read(arguments) as library:
        try:
            found = library.similar(path, words=arguments.words, top=arguments.top)
        except PhotoError as error:
            raise PhotoError(f"{path} cannot be compared: {error}") from error
        nothing, poor = (f"No photo is {how} {visible(str(path))}" for how in ("like", "much like"))
        hits = _hits(library, found, arguments.words)
        words = arguments.words
        told = Answer(str(path), words, hits, found, nothing, f"{poor}.", library.gaps(words))
        _answer(library, told, arguments, terminal)
    return 0


def _answer(library: Library, answer: Answer, arguments: Namespace, terminal: Terminal) -> None:
    """Print what was found, and beside the answer what the model could not know."""
    hits, found = answer.hits, answer.found
    names = library.browse.no_such_names(answer.words)
    if arguments.json:
        told = as_json(answer.query, library.model.name, hits, found.seconds)
        unknown = {"unknown_words": [*answer.gaps.words, *answer.gaps.foreign]}
        terminal.answer_json(told | unknown)
    else:
        for line in listing(hits, answer.poor, terminal):
            terminal.say(line)
    for sentence in (*map(name_sentence, names), *gap_sentences(answer.gaps)):
        terminal.remark(sentence)
    if not hits:
        by_content = bool(found.query) or arguments.command == "similar"
        terminal.remark(_why_nothing(library, answer.nothing, by_content=by_content))


def _hits(library: Library, found: SearchResults, query: str) -> list[Hit]:
    """The results with the paths that `query` asks for; a photo that went since is left out."""
    from core.cli.places import shown_path
    from core.search.query import parse_query

    filters = parse_query(query).filters
    roots = [info.folder.path for info in library.folders()] if filters else []
    photos = {photo.id: photo for photo in library.photos([int(i) for i in found.ids])}
    columns = zip(found.ids, found.scores, found.relevances, strict=True)
    return [
        Hit(path, photo.id, float(score), float(relevance), place < found.cut)
        for place, (photo_id, score, relevance) in enumerate(columns)
        if (photo := photos.get(int(photo_id))) is not None
        and photo.files
        and (path := shown_path(photo, filters, roots))
    ]


def as_json(query: str, model: str, hits: list[Hit], seconds: float) -> dict[str, Any]:
    """The answer for scripts."""
    return {
        "query": query,
        "model": model,
        "results": [
            {
                "path": hit.path,
                "score": round(hit.score, 6),
                "photo": hit.photo,
                "relevance": round(hit.relevance, 4),
                "likely": hit.likely,  # scripts, too, end where the matches do
            }
            for hit in hits
        ],
        "seconds": round(seconds, 4),
    }


def listing(hits: list[Hit], poor: str, terminal: Terminal) -> list[str]:
    """The answer for people: relevance and path, and a line where less likely photos begin.

    Photos that only had conditions to pass have no score, and are listed by their paths alone.
    """
    if all(hit.score == 0 and hit.relevance == 1 for hit in hits):
        return [terminal.path(hit.path) for hit in hits]
    rows = table([(f"{hit.relevance:4.0%}", terminal.path(hit.path)) for hit in hits])
    likely = sum(hit.likely for hit in hits)
    lines = rows[:likely] or [poor]
    if likely < len(hits):
        lines.append(terminal.style(f"—— {LESS_LIKELY} ——", "dim"))
        lines += [terminal.style(row, "dim") for row in rows[likely:]]
    return lines


def _why_nothing(library: Library, nothing: str, *, by_content: bool) -> str:
    """Why there is no result, and what to do.

    Every word finds some photo, if an unlikely one: only where no photo is embedded does it not.
    (Asking for the status instead would import torch, for the device.)
    """
    photos = len(library.photo_ids())
    if not library.folders():
        return "This library has no photos yet: add some with 'souvenir index FOLDER'."
    if photos == 0:
        return "No photo is indexed yet: 'souvenir index' reads the folders of this library."
    if by_content and not len(library.search("photo", top=1).ids):
        return (
            f"The model {library.model.name} has read none of the {number(photos, 'photo')} yet: "
            "'souvenir index' has it do that."
        )
    return f"{nothing} among {number(photos, 'photo')}."
