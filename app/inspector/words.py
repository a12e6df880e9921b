"""What the inspector says of a photo, in the order in which people look for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app import dates, wording

if TYPE_CHECKING:
    from core.catalog.metadata import Metadata
    from core.catalog.photos import Photo
    from core.catalog.summaries import Summary, Totals


NO_BREAK = "\N{NO-BREAK SPACE}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("inspector_words", text)


@dataclass(frozen=True)
class Fact:
    """A line: what it is called and what it says. `copied`: what its copy button copies, if any."""

    label: str
    value: str
    copied: str = ""


def taken(metadata: Metadata) -> str:
    """When, with the zone where it is known: "12 Aug 2011, 17:42 (UTC+2)"."""
    if not metadata.taken_at:
        return ""
    text = wording.moment(metadata.taken_at)
    minutes = metadata.utc_offset_minutes
    if minutes is None:
        return text
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    zone = f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}"
    return f"{text} ({zone})"


def exposure(facts: Mapping[str, Any]) -> str:
    """What the camera did: "1/640 s, f/5.6, ISO 100, 50 mm"."""
    parts = []
    seconds = facts.get("exposure_seconds")
    if seconds:
        parts.append(_tr("{t} s").format(t=_duration(seconds)))
    if facts.get("f_number"):
        parts.append(f"f/{_number(facts['f_number'])}")
    if facts.get("iso"):
        parts.append(f"ISO {_number(facts['iso'])}")
    if facts.get("focal_length_mm"):
        parts.append(_tr("{n} mm").format(n=_number(facts["focal_length_mm"])))
    return ", ".join(part.replace(" ", NO_BREAK) for part in parts)


def _duration(seconds: float) -> str:
    if seconds >= 0.4:
        return _number(seconds)
    return f"1/{round(1 / seconds)}"


def _number(value: float) -> str:
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(round(value, 1)), "g", 6)


def place(latitude: float | None, longitude: float | None) -> str:
    """Degrees that every map understands: "54.08330, 8.30000"."""
    if latitude is None or longitude is None:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"


def photo_facts(photo: Photo, relevance: float | None) -> list[Fact]:
    """The lines of one photo; what is not known is left out."""
    told = photo.metadata
    width, height = photo.width, photo.height
    if photo.rotation % 2:
        width, height = height, width
    added = QDateTime.fromSecsSinceEpoch(int(photo.added_at))
    where = place(told.latitude, told.longitude)
    lines = [
        Fact(_tr("Relevance"), "" if relevance is None else f"{relevance:.2f}"),
        Fact(_tr("Taken"), taken(told)),
        Fact(_tr("Added"), dates.moment(added)),
        Fact(_tr("Camera"), wording.shown(told.camera or "")),
        Fact(_tr("Lens"), wording.shown(told.lens or "")),
        Fact(_tr("Exposure"), exposure(vars(told))),
        Fact(_tr("Place"), where, where),
        Fact(_tr("Size"), f"{_pixels(width, height)}, {_size(photo.byte_size)}, {photo.format}"),
    ]
    return [line for line in lines if line.value]


def shared_facts(summary: Summary) -> list[Fact]:
    """The lines of several photos: what all of them have, or that they differ."""
    shared, totals = summary.shared, summary.totals
    various = _tr("various")

    def say(name: str, label: str) -> Fact:
        return Fact(label, wording.shown(str(shared[name] or "")) if name in shared else various)

    names = ("exposure_seconds", "f_number", "iso", "focal_length_mm")
    alike = exposure({name: shared[name] for name in names if name in shared})
    any_differs = any(name not in shared for name in names)
    pixels = ""
    if "width" in shared and "height" in shared:
        pixels = f"{_pixels(shared['width'], shared['height'])}, "
    lines = [
        Fact(_tr("Dates"), span(totals)),
        say("camera", _tr("Camera")),
        say("lens", _tr("Lens")),
        Fact(_tr("Exposure"), alike or (various if any_differs else "")),
        say("format", _tr("Format")),
        Fact(_tr("Size"), pixels + _size(totals.bytes)),
    ]
    return [line for line in lines if line.value]


def total_facts(totals: Totals) -> list[Fact]:
    """The lines of all that is shown."""
    if not totals.photos:
        return []
    return [Fact(_tr("Dates"), span(totals)), Fact(_tr("Size"), wording.size(totals.bytes))]


def span(totals: Totals) -> str:
    """From when to when: "3 May 2003 – 12 Aug 2021", in two lines."""
    ends = [end for end in (totals.first, totals.last) if end]
    days = list(dict.fromkeys(_day(end) for end in ends))
    return " –\n".join(days)


def _pixels(width: int, height: int) -> str:
    return f"{width} × {height}".replace(" ", NO_BREAK)


def _size(count: int) -> str:
    return wording.size(count).replace(" ", NO_BREAK)


def _day(moment: str) -> str:
    time = QDateTime.fromString(moment[:10], "yyyy-MM-dd")
    return dates.short_day(time.date()) if time.isValid() else moment
