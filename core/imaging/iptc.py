"""IPTC-IIM: what agencies and older programs wrote (IIM 4.2, application records)."""

from __future__ import annotations

from collections.abc import Mapping

from PIL import Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from core.catalog.metadata import Metadata
from core.imaging.cleaning import clean_keywords, clean_text
from core.imaging.moments import Moment, Source, iptc_moment

_TITLE, _KEYWORDS, _DATE, _TIME = (2, 5), (2, 25), (2, 55), (2, 60)

# Values by record and data set; a field that may come again has a list.
IptcFields = Mapping[tuple[int, int], bytes | list[bytes]]


def iptc_of(image: Image.Image) -> IptcFields:
    """The IPTC fields of an opened image; none where there are none or they are damaged."""
    if not isinstance(image, ImageFile):
        return {}
    try:
        return IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:
        return {}  # hostile blocks make Pillow raise nearly everything


def iptc_metadata(iptc: IptcFields) -> Metadata:
    """All but the time."""
    return Metadata(
        title=clean_text(_text(iptc, _TITLE)), keywords=clean_keywords(_list(iptc, _KEYWORDS))
    )


def iptc_moments(iptc: IptcFields) -> dict[Source, Moment | None]:
    """The time of creation, if there is one."""
    return {Source.IPTC_CREATED: iptc_moment(_text(iptc, _DATE), _text(iptc, _TIME))}


def _list(iptc: IptcFields, field: tuple[int, int]) -> list[bytes]:
    value = iptc.get(field, [])
    return value if isinstance(value, list) else [value]


def _text(iptc: IptcFields, field: tuple[int, int]) -> str | None:
    values = _list(iptc, field)
    return clean_text(values[0]) if values else None
