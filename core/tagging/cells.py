"""Texts in tables of CSV, which people open with spreadsheets: none of them is computed there.

A spreadsheet takes a cell that begins with one of a few characters for a formula, whoever wrote it,
and some formulas start programs. As usual (OWASP, "CSV Injection") an apostrophe stands before such
a text; spreadsheets do not show it. Other programs have JSON, where every text is as it is.
"""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def as_cell(text: str) -> str:
    """`text` for a cell that no spreadsheet takes for a formula."""
    return MARK + text if _is_marked_or_formula(text) else text


def from_cell(cell: str) -> str:
    """The text that `as_cell` made the cell of."""
    return cell[1:] if cell.startswith(MARK) and _is_marked_or_formula(cell) else cell


def _is_marked_or_formula(text: str) -> bool:
    return text.lstrip(MARK).startswith(FORMULAS)
