"""Labels in files that people can write and other programs can read: TOML and CSV.

A TOML file has one [[labels]] table for each label. A CSV file has one row for each, with " | "
between several prompts. Both leave out what is as usual.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from core.catalog.labels import DEFAULT_THRESHOLD, MOST_LABELS, Label, checked, parents_first
from core.errors import SouvenirError
from core.filing.placing import must_be_no_link, unfinished
from core.tagging.cells import as_cell, from_cell

_BYTES = 20_000_000  # a file of so many labels is none that a person made
_LISTS = ("prompts", "against", "templates")
_TEXTS = ("name", "parent", "group", "set")
_FIELDS = ("name", *_LISTS, "parent", "group", "set", "threshold", "active")
_BETWEEN = " | "


def read_labels(path: Path) -> tuple[Label, ...]:
    """The labels in a file, parents first. Raises SouvenirError that says what is wrong with it."""
    text = _text(path)
    rows: Sequence[Mapping[str, Any]]
    if path.suffix.lower() == ".csv":
        rows = _csv_rows(text, path)
    elif path.suffix.lower() == ".toml":
        rows = toml_labels(text, str(path))
    else:
        raise _unknown(path)
    return labels_from(rows, str(path))


def write_labels(path: Path, labels: Sequence[Label]) -> None:
    """Write labels into a file that `read_labels` understands, whole or not at all."""
    if path.suffix.lower() == ".csv":
        content = _as_csv(labels)
    elif path.suffix.lower() == ".toml":
        content = _as_toml(labels)
    else:
        raise _unknown(path)
    must_be_no_link(path)
    try:
        with unfinished(path.parent) as part:
            with part.open("x", encoding="utf-8", newline="") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
    except OSError as error:
        raise SouvenirError(
            f"The labels cannot be written to {path} ({error.strerror}): choose another place."
        ) from error


def toml_labels(text: str, name: str) -> list[Mapping[str, Any]]:
    """The [[labels]] tables of a TOML text; `name` is what the SouvenirError calls it."""
    try:
        rows = tomllib.loads(text).get("labels")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SouvenirError(f"{name} is no TOML file ({error}): correct it there.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SouvenirError(f"{name} has no [[labels]]: begin each label with such a line.")
    return rows


def labels_from(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[Label, ...]:
    """Labels from what a file says of each, parents first; SouvenirError for what cannot be."""
    if len(rows) > MOST_LABELS:
        raise SouvenirError(
            f"{name} has {len(rows):,} labels and a library holds up to {MOST_LABELS:,}: keep "
            "those that you need."
        )
    try:
        return tuple(parents_first([_label(row, number) for number, row in enumerate(rows, 1)]))
    except SouvenirError as error:
        raise SouvenirError(f"{name} cannot be used: {error}") from error


def _label(row: Mapping[str, Any], number: int) -> Label:
    unknown = [str(key) for key in row if key not in _FIELDS]
    if unknown:
        raise SouvenirError(
            f'label {number} has "{unknown[0]}", which means nothing here: use '
            f"{', '.join(_FIELDS)}."
        )
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key in _LISTS:
            texts = [value] if isinstance(value, str) else value
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                raise _wrong(number, key, "a list of texts")
            values[key] = tuple(texts)
        elif key in _TEXTS:
            if not isinstance(value, str):
                raise _wrong(number, key, "a text")
            values[key] = value
        elif key == "threshold":
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise _wrong(number, key, "a number from 0 to 1")
            values[key] = float(value)
        elif not isinstance(value, bool):
            raise _wrong(number, key, "true or false")
        else:
            values[key] = value
    # A name alone is a label too: it means what it says.
    named = values.setdefault("name", "")
    if not values.get("prompts") and "prompts" not in values:
        values["prompts"] = (named,)
    return checked(Label(**values))


def _wrong(number: int, key: str, what: str) -> SouvenirError:
    return SouvenirError(f'"{key}" of label {number} is not {what}: correct it there.')


def _csv_rows(text: str, path: Path) -> list[dict[str, Any]]:
    try:
        table = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise SouvenirError(f"{path} is no CSV file ({error}): correct it there.") from error
    rows: list[dict[str, Any]] = []
    for number, cells in enumerate(table, 1):
        if None in cells or not any(cells.values()):
            raise SouvenirError(
                f"Row {number} of {path} has another number of columns than the first line, or "
                "nothing in them: correct it there."
            )
        row: dict[str, Any] = {}
        for key, cell in cells.items():
            value = from_cell((cell or "").strip())
            if value and key in _LISTS:
                row[key] = [part.strip() for part in value.split(_BETWEEN.strip())]
            elif value and key == "threshold":
                row[key] = _number(value)
            elif value and key == "active":
                row[key] = {"true": True, "yes": True, "1": True, "false": False}.get(
                    value.lower(), False if value.lower() in {"no", "0"} else value
                )
            elif value or key == "name":
                row[str(key)] = value
        rows.append(row)
    return rows


def _number(value: str) -> float | str:
    try:
        found = float(value)
    except ValueError:
        return value
    return found if math.isfinite(found) else value


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():  # reading a pipe would wait for ever
            raise SouvenirError(f"{path} is no file of labels: choose another one.")
        if path.stat().st_size > _BYTES:
            raise SouvenirError(f"{path} is too large for a file of labels: choose another one.")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise SouvenirError(
            f"{path} cannot be read ({error.strerror}): choose a file of labels."
        ) from error
    except UnicodeDecodeError as error:
        raise SouvenirError(f"{path} is no text in UTF-8: save it as such.") from error


def _unknown(path: Path) -> SouvenirError:
    return SouvenirError(f"{path} is neither a .toml nor a .csv file: choose one of these.")


def _said(label: Label) -> dict[str, Any]:
    """What a label says beyond the usual, by field."""
    usual = Label("", ())
    fields = {field: getattr(label, field) for field in _FIELDS}
    return {k: v for k, v in fields.items() if k in {"name", "prompts"} or v != getattr(usual, k)}


def _as_toml(labels: Sequence[Label]) -> str:
    tables = []
    for label in parents_first(labels):
        # JSON's strings, lists, numbers and booleans are TOML's too.
        lines = [
            f"{key} = {json.dumps(list(v) if isinstance(v, tuple) else v, ensure_ascii=False)}"
            for key, v in _said(label).items()
        ]
        tables.append("\n".join(["[[labels]]", *lines]) + "\n")
    return "\n".join(tables) if tables else "labels = []\n"


def _as_csv(labels: Sequence[Label]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, _FIELDS)
    writer.writeheader()
    for label in parents_first(labels):
        cells = {f: getattr(label, f) for f in _FIELDS} | {"active": str(label.active).lower()}
        cells |= {key: _BETWEEN.join(cells[key]) for key in _LISTS}
        cells |= {key: as_cell(cell) for key, cell in cells.items() if isinstance(cell, str)}
        cells["threshold"] = "" if label.threshold == DEFAULT_THRESHOLD else label.threshold
        writer.writerow(cells)
    return buffer.getvalue()
