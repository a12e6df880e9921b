"""Which files are photos: by suffix, and by the first bytes where the suffix does not tell."""

from __future__ import annotations

import codecs
from pathlib import Path

_RAW = (
    ".3fr .ari .arw .bay .cr2 .cr3 .crw .dcr .dcs .dng .erf .fff .gpr .iiq .k25 .kdc .mef .mos "
    ".mrw .nef .nrw .orf .pef .ptx .raf .raw .rw2 .rwl .sr2 .srf .srw .x3f"
)
_PICTURES = (
    ".apng .avif .avifs .bmp .dib .gif .heic .heics .heif .heifs .hif .j2c .j2k .jfif .jif .jp2 "
    ".jpc .jpe .jpeg .jpf .jpg .jpx .jxl .mpo .pbm .pfm .pgm .png .pnm .ppm .psd .qoi .tif .tiff "
    ".webp"
)
RAW_SUFFIXES = frozenset(_RAW.split())
PHOTO_SUFFIXES = RAW_SUFFIXES | frozenset(_PICTURES.split())

_TEXT = "This is a text file, not a photo."
_OTHER_KINDS = {
    "This is a drawing, not a photo.": ".ai .cdr .drawio .eps .emf .fig .ps .svg .svgz .wmf .xcf",
    "This is an icon, not a photo.": ".cur .icns .ico",
    "This is a video, not a photo.": ".3gp .avi .flv .insv .lrv .m2ts .m4v .mkv .mov .mp4 .mpeg "
    ".mpg .mts .ogv .ts .vob .webm .wmv",
    "This is a sound recording, not a photo.": ".aac .aiff .amr .flac .m4a .mid .mp3 .ogg .opus "
    ".wav .wma",
    "This is a document, not a photo.": ".doc .docx .epub .key .numbers .odp .ods .odt .pages .pdf "
    ".ppt .pptx .rtf .xls .xlsx",
    "This file describes a photo, it is not one.": ".aae .cos .dop .pp3 .thm .xmp",
    "This is an archive, not a photo.": ".7z .bz2 .gz .rar .tar .tgz .xz .zip .zst",
    "This is a program's own file, not a photo.": ".bat .bin .com .css .dat .db .dll .dylib .exe "
    ".ini .iso .js .lnk .lock .lrcat .log .part .py .pyc .sh .so .sqlite .sqlite3 .tmp .crdownload",
    _TEXT: ".csv .htm .html .json .jsonl .md .rst .srt .toml .tsv .txt .xml .yaml .yml",
}
_REASON_BY_SUFFIX = {
    suffix: reason for reason, suffixes in _OTHER_KINDS.items() for suffix in suffixes.split()
}

_PHOTO_BRANDS = frozenset(
    b"avif avis crx  heic heim heis heix hevc hevm hevs hevx jxl  mif1 mif2 msf1".split(b" ")
)
_PHOTO_STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"\x00\x00\x00\x0cJXL ",
    b"\x00\x00\x00\x0cjP  ",
    b"\xff\x0a",
    b"\xff\x4f\xff\x51",
    b"8BPS",
    b"qoif",
    b"FUJIFILMCCD-RAW",
    b"IIRO",
    b"IIRS",
    b"MMOR",
    b"IIU\x00",
    b"\x00MRM",
    b"FOVb",
)
_OTHER_STARTS = (
    (b"%PDF-", "This is a document, not a photo."),
    (b"PK\x03\x04", "This is an archive, not a photo."),
    (b"\x1f\x8b", "This is an archive, not a photo."),
    (b"Rar!", "This is an archive, not a photo."),
    (b"7z\xbc\xaf", "This is an archive, not a photo."),
    (b"\x1aE\xdf\xa3", "This is a video, not a photo."),
    (b"ID3", "This is a sound recording, not a photo."),
    (b"\x00\x05\x16\x07", "This is a macOS resource file, not a photo."),
)
HEAD_BYTES = 512


def why_not_a_photo(path: Path) -> str | None:
    """One sentence that says why a file is not taken for a photo; None when it is taken for one.

    The suffix decides where it is a known one; otherwise the first bytes are read. A file that
    cannot be read passes here: reading it as a photo gives the reason.
    """
    if path.name.startswith("._"):
        return "This is a macOS resource file, not a photo."
    suffix = path.suffix.lower()
    if suffix in PHOTO_SUFFIXES:
        return None
    if suffix in _REASON_BY_SUFFIX:
        return _REASON_BY_SUFFIX[suffix]
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None
    return None if starts_like_photo(head) else what_instead(head)


def looks_like_photo(path: Path) -> bool:
    """Whether a file is taken for a photo; see `why_not_a_photo`."""
    return why_not_a_photo(path) is None


def starts_like_photo(head: bytes) -> bool:
    """Whether these first bytes of a file are those of a photo format."""
    if head.startswith(_PHOTO_STARTS):
        return True
    if head[4:8] == b"ftyp":
        return head[8:12] in _PHOTO_BRANDS
    if head.startswith(b"RIFF"):
        return head[8:12] == b"WEBP"
    if head.startswith(b"BM"):
        return int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}
    if head[:1] == b"P" and head[1:2] in b"1234567Ff" and head[2:3].isspace():
        return True
    return head[6:14] == b"HEAPCCDR"


def what_instead(head: bytes) -> str:
    """One sentence that says what a file is, from its first bytes, when it is no photo."""
    if not head:
        return "The file is empty."
    for start, reason in _OTHER_STARTS:
        if head.startswith(start):
            return reason
    if head[4:8] == b"ftyp":
        return "This is a video, not a photo."
    if head.startswith(b"RIFF") and head[8:12] in {b"AVI ", b"WAVE"}:
        return "This is a video or a sound recording, not a photo."
    if _is_text(head):
        drawing = b"<svg" in head
        return "This is a drawing, not a photo." if drawing else _TEXT
    return "The file is damaged or of a kind that Souvenir does not know."


def is_raw(data: bytes, suffix: str) -> bool:
    """Whether bytes go to the RAW decoder: a RAW suffix, or a start that only RAW files have."""
    if suffix in RAW_SUFFIXES:
        return not data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF"))
    raw_starts = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\x00", b"\x00MRM", b"FOVb")
    return data.startswith(raw_starts) or data[6:14] == b"HEAPCCDR" or data[4:12] == b"ftypcrx "


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
