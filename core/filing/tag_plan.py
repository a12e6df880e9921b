"""What keywords, title and rating a file or sidecar should have: ours come and go, others' stay.

Pure: the same again, once it was written, gives the same. Programs read one form and leave the
others (digiKam its own paths, others dc:subject), so a form that is begun begins with what the
others say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.catalog.metadata import Metadata
from core.catalog.names import fold
from core.catalog.written import Written
from core.imaging.keywords import (
    Form,
    TitleForm,
    Titles,
    Words,
    flat_words,
    joined,
    levels,
)

Path = tuple[str, ...]

OBJECT_NAME_BYTES = 64  # IPTC-IIM 4.2, 2:05; readers take dc:title first, which holds all of it

# Those that have paths, each with the other one.
_FORMS_OF_PATHS: tuple[tuple[Form, Form], ...] = (
    ("hierarchical", "tags_list"),
    ("tags_list", "hierarchical"),
)


@dataclass(frozen=True)
class Wanted:
    """What a photo should say: words with those above them, ("bird", "heron"), rating and title.

    `rating`: 0…5, None where the person gave none. `title`: "" where the person gave none; one that
    the person took away stays in files, where others wrote it. `known`: keywords of the photo that
    are written elsewhere, which a form that is begun takes up, so that no program overlooks them.
    """

    paths: tuple[Path, ...] = ()
    rating: int | None = None
    known: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Said:
    """What a file or sidecar says: keywords and titles by form, and what stands for its rating.

    `exif`: what its EXIF says, which is read where nothing else is said, and never written.
    """

    words: Words
    rating: str | None = None
    titles: Titles = field(default_factory=dict)
    exif: Metadata = field(default_factory=Metadata)

    @property
    def title(self) -> str | None:
        """The title that readers show."""
        return next(filter(None, (*self.titles.values(), self.exif.title)), None)


@dataclass(frozen=True)
class TagPlan:
    """What it should say, and what of that is ours."""

    said: Said
    written: Written


def plan_tags(now: Said, written: Written, wanted: Wanted) -> TagPlan:
    """Work out what should be said where `now` is, of which `written` is ours."""
    others = {
        form: _without(words, written.words.get(form, ())) for form, words in now.words.items()
    }
    words = _words(others, wanted) if wanted.paths else others
    ours = {form: _without(words[form], others[form]) for form in words}
    apart = {*flat_words(others), *now.exif.keywords}
    hidden = tuple(word for word in flat_words(words) if word not in apart)
    rating, rating_ours, rating_before = _rating(now.rating, written, wanted.rating)
    titles, titles_ours, titles_before = _titles(now.titles, written, wanted.title)
    record = Written(
        {form: kept for form, kept in ours.items() if kept},
        hidden,
        rating_ours,
        rating_before,
        written.created,
        titles_ours,
        titles_before,
        _beneath(now.exif, titles_ours, rating_ours),
    )
    return TagPlan(Said(words, rating, titles, now.exif), record)


def _beneath(exif: Metadata, titles: Mapping[str, str], rating: str | None) -> dict[str, str]:
    """What EXIF says of that for which ours is read now."""
    found = {}
    if titles and exif.title is not None:
        found["title"] = exif.title
    if rating is not None and exif.rating is not None:
        found["rating"] = str(exif.rating)
    return found


def _words(others: Words, wanted: Wanted) -> dict[Form, tuple[str, ...]]:
    """All forms that `others` has, with the paths wanted."""
    flat = [path[-1] for path in wanted.paths]
    subject = others.get("subject", ())
    iptc = others.get("iptc", ())
    begun = [] if subject or iptc else list(wanted.known)
    words: dict[Form, tuple[str, ...]] = {"subject": _union(subject, iptc, begun, flat)}
    if "iptc" in others:
        words["iptc"] = _union(iptc, words["subject"])
    for form, other in _FORMS_OF_PATHS:
        mine: tuple[str, ...] = others.get(form, ())
        if not mine:
            mine = _begun(form, other, others.get(other, ()), _without(words["subject"], flat))
        paths = (joined(form, path) for path in wanted.paths)
        words[form] = _union(mine, (path for path in paths if path is not None))
    return {form: words[form] for form in (*others, *words) if form in words}


def _begun(form: Form, other: Form, paths: Sequence[str], flat: Sequence[str]) -> tuple[str, ...]:
    """What a form of paths begins with: the other's paths, and the words that are in none."""
    translated = [
        found for path in paths if (found := joined(form, levels(other, path) or ("",))) is not None
    ]
    covered = {fold(level) for path in paths for level in levels(other, path)}
    rest = [w for w in flat if fold(w) not in covered and joined(form, (w,)) is not None]
    return _union((), filter(None, translated), rest)


def _rating(
    now: str | None, written: Written, wanted: int | None
) -> tuple[str | None, str | None, str | None]:
    """The rating to say, and of what is ours: the rating, and what was there before."""
    is_ours = written.rating is not None and now == written.rating
    before = written.rating_before if is_ours else now
    if wanted is None:
        return before, None, None
    if _stars(now) == wanted:
        return now, written.rating if is_ours else None, before if is_ours else None
    if wanted == 0 and before is None:
        return None, None, None
    return str(wanted), str(wanted), before


def _titles(
    now: Titles, written: Written, wanted: str
) -> tuple[Titles, dict[str, str], dict[str, str]]:
    """The titles to say, and of what is ours: the titles, and what was there before."""
    said: dict[TitleForm, str | None] = {}
    ours: dict[str, str] = {}
    before: dict[str, str] = {}
    for form, stands in now.items():
        is_ours = stands is not None and stands == written.titles.get(form)
        theirs = written.titles_before.get(form) if is_ours else stands
        meant = _fitting(form, wanted)
        said[form] = meant or theirs
        if meant and (is_ours or stands != meant):
            ours[form] = meant
            if theirs is not None:
                before[form] = theirs
    return said, ours, before


def _fitting(form: TitleForm, title: str) -> str:
    """As much of a title as a form has room for."""
    if form != "iptc":
        return title
    return title.encode()[:OBJECT_NAME_BYTES].decode("utf-8", "ignore").rstrip()


def _stars(rating: str | None) -> int:
    """Stars by what stands there: none for no rating, "rejected", and what nobody understands."""
    try:
        return max(0, int(float(rating or "0")))
    except (ValueError, OverflowError):
        return 0


def _without(words: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    left_out = set(gone)
    return tuple(word for word in words if word not in left_out)


def _union(kept: Iterable[str], *more: Iterable[str]) -> tuple[str, ...]:
    """All of `kept`, and of the others the words that are not there yet, case aside."""
    words = list(kept)
    known = {fold(word) for word in words}
    for word in (word for group in more for word in group):
        if fold(word) not in known:
            known.add(fold(word))
            words.append(word)
    return tuple(words)


def differences(
    before: Mapping[Form, tuple[str, ...]], after: Words
) -> tuple[list[str], list[str]]:
    """Keywords that come and that go, for a person to see."""
    old, new = flat_words(before), flat_words(after)
    return list(_without(new, old)), list(_without(old, new))
