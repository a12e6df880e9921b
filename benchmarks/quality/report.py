"""Tables of figures: as text, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

COUNTS = {"photos", "classes", "views", "labels", "labels that tag nothing", "held-out photos"}


@dataclass(frozen=True)
class Line:
    """One line of a table: what was measured, of which model, and its figures; None: not known."""

    what: str
    model: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Table:
    """Figures under headings. `note` says how they came about, in a sentence."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """All tables of a run. `about` says what was measured on, by heading."""

    tables: tuple[Table, ...]
    about: dict[str, str] = field(default_factory=dict)


def merged(tables: Sequence[Table]) -> Table:
    """The same table of several models as one, the models of each line below each other."""
    first = tables[0]
    order = list(dict.fromkeys(line.what for table in tables for line in table.lines))
    lines = [
        line for what in order for table in tables for line in table.lines if line.what == what
    ]
    return Table(first.title, first.columns, tuple(lines), first.note)


def as_text(report: Report) -> str:
    """Aligned columns, one table after another."""
    blocks = []
    for table in report.tables:
        rows = _rows(table)
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        texts = [
            "  ".join(
                cell.ljust(width) if column < 2 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        ]
        rule = "-" * max(len(line) for line in texts)
        lines = [table.title, rule, texts[0], rule, *texts[1:]]
        blocks.append("\n".join(lines + ([f"({table.note})"] if table.note else [])))
    blocks.append("\n".join(f"{name}: {value}" for name, value in report.about.items()))
    return "\n\n".join(blocks) + "\n"


def as_markdown(report: Report) -> str:
    """A heading and a table for each table."""
    blocks = []
    for table in report.tables:
        first, *rest = _rows(table)
        lines = [
            f"## {table.title}",
            "",
            _bar(first),
            _bar(["---", "---", *["---:"] * len(table.columns)]),
        ]
        lines += [_bar(row) for row in rest]
        blocks.append("\n".join(lines + (["", table.note] if table.note else [])))
    blocks.append("\n".join(f"- {name}: {value}" for name, value in report.about.items()))
    return "\n\n".join(blocks) + "\n"


def as_json(report: Report) -> str:
    """All figures with four places, so that two runs can be compared by diff."""
    tables = []
    for table in report.tables:
        lines = [
            {
                "what": line.what,
                "model": line.model,
                "values": dict(zip(table.columns, map(_rounded, line.values), strict=True)),
            }
            for line in table.lines
        ]
        tables.append(asdict(table) | {"lines": lines})
    return (
        json.dumps({"about": report.about, "tables": tables}, indent=2, ensure_ascii=False) + "\n"
    )


def save(report: Report, folder: Path, name: str = "quality") -> list[Path]:
    """Write the three forms into `folder` as `name`.txt and so on; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = {f"{name}.txt": as_text, f"{name}.md": as_markdown, f"{name}.json": as_json}
    for file, form in forms.items():
        (folder / file).write_text(form(report), "utf-8")
    return [folder / file for file in forms]


def _rows(table: Table) -> list[list[str]]:
    lines = [
        [line.what, line.model, *map(_figure, line.values, table.columns)] for line in table.lines
    ]
    return [["", "model", *table.columns], *lines]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _figure(value: float | None, column: str) -> str:
    """A share or a time with three places, a count with none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if column in COUNTS else f"{value:.3f}"


def _bar(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
