"""The person's choices for one library: declared once, stored as JSON, never half written."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from core.errors import SouvenirError
from core.private_files import make_private_folder

DEVICES = ("auto", "cuda", "mps", "cpu")
Speed = Literal["gentle", "normal", "full"]
MOST_WORKERS = 64  # each is a process with a decoder's memory


@dataclass(frozen=True)
class Settings:
    """Every setting with its default.

    `model`: the model that answers. `device`: "auto", "cuda", "mps" or "cpu".
    `decode_workers`: decoder processes, 0 chooses by the number of cores.
    `ignore`: file and folder name patterns (fnmatch) that are never indexed. `speed`: how much of
    the computer indexing takes; all but "full" go gently on a battery. `polling`: folders are
    looked through every minute, as the system's own news of changes are not to be relied on.
    `model_until_ready`: the model that still answers while `model` has not looked at all photos, ""
    once it has. `mirror`: an address that stands for the Hugging Face hub when models are
    downloaded; `proxy`: what these downloads go through; "" is what the system says.
    """

    model: str = "starter"
    device: str = "auto"
    decode_workers: int = 0
    ignore: tuple[str, ...] = ()
    speed: Speed = "normal"
    polling: bool = False
    model_until_ready: str = ""
    mirror: str = ""
    proxy: str = ""


def load_settings(path: Path) -> Settings:
    """Read settings; a missing file gives the defaults, unknown names are left out.

    Raises SouvenirError when the file is not readable as settings, or a setting makes no sense.
    """
    try:
        stored = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except json.JSONDecodeError as error:
        raise SouvenirError(
            f"The settings in {path} are not valid JSON from line {error.lineno}, column "
            f"{error.colno} on: mend or delete that file."
        ) from error
    except (ValueError, RecursionError) as error:
        raise SouvenirError(
            f"The settings in {path} are not JSON in UTF-8: mend or delete that file."
        ) from error
    except OSError as error:
        raise SouvenirError(
            f"The settings in {path} cannot be read ({error.strerror}): mend or delete that file."
        ) from error
    if not isinstance(stored, dict):
        raise SouvenirError(f"The settings in {path} are not a table: mend or delete that file.")
    chosen: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in stored:
            continue
        value = stored[field.name]
        if isinstance(value, list):
            value = tuple(value)
        expected = _expected(field.name, value, type(field.default))
        if expected:
            raise SouvenirError(
                f"The setting '{field.name}' in {path} must be {expected}: mend or delete it."
            )
        chosen[field.name] = value
    return Settings(**chosen)


def changed_settings(settings: Settings, changes: Mapping[str, object]) -> Settings:
    """`settings` with some other values; raises SouvenirError for one that makes no sense."""
    defaults = {field.name: field.default for field in fields(Settings)}
    chosen: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in defaults:
            raise TypeError(f"there is no setting {name!r}")
        chosen[name] = tuple(value) if isinstance(value, list) else value
        expected = _expected(name, chosen[name], type(defaults[name]))
        if expected:
            raise SouvenirError(f"The setting '{name}' must be {expected}.")
    return replace(settings, **chosen)


def differing(one: Settings, other: Settings) -> list[str]:
    """Names of the settings whose values differ."""
    return [f.name for f in fields(Settings) if getattr(one, f.name) != getattr(other, f.name)]


def _expected(name: str, value: object, kind: type) -> str:
    """What the value of a setting should be; "" when it is that."""
    if type(value) is not kind:  # not isinstance: JSON's true is no number
        names = {str: "text", int: "a whole number", tuple: "a list", bool: "true or false"}
        return names[kind]
    if isinstance(value, tuple):
        return "" if all(isinstance(item, str) for item in value) else "a list of texts"
    if name == "device" and value not in DEVICES:
        return f"one of {', '.join(DEVICES)}"
    if name == "speed" and value not in get_args(Speed):
        return f"one of {', '.join(get_args(Speed))}"
    if name == "decode_workers" and isinstance(value, int) and not 0 <= value <= MOST_WORKERS:
        return f"a number from 0 to {MOST_WORKERS}"
    wrong = name in {"mirror", "proxy"} and value and not _is_address(str(value))
    return "an address that begins with http:// or https://" if wrong else ""


def _is_address(text: str) -> bool:
    """Whether it is an http address with a host; port, user and path may be in it."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def save_settings(path: Path, settings: Settings) -> None:
    """Write settings atomically: a crash leaves the old file or the new one."""
    try:
        _write(path, settings)
    except OSError as error:
        raise SouvenirError(
            f"The settings cannot be kept in {path} ({error.strerror}): make room or check the "
            "permissions there, then choose again."
        ) from error


def _write(path: Path, settings: Settings) -> None:
    make_private_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=2, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
