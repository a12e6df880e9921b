"""Dates as the language of the window writes them, in one place for all of its parts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale


def year(date: QDate) -> str:
    """Name a year: "2011"."""
    return QLocale().toString(date, _form("yyyy", "a year: Qt's letters for dates"))


def year_number(date: QDate) -> str:
    """Name a year where there is room for its digits only: "2011" in every language."""
    return QLocale().toString(date, "yyyy")


def month(date: QDate) -> str:
    """Name a month: "August 2011"."""
    return QLocale().toString(date, _form("MMMM yyyy", "a month: Qt's letters for dates"))


def day(date: QDate) -> str:
    """Name a day in full: "12 August 2011"."""
    return QLocale().toString(date, _form("d MMMM yyyy", "a day: Qt's letters for dates"))


def short_day(date: QDate) -> str:
    """Name a day where there is little room: "12 Aug 2011"."""
    return QLocale().toString(date, _form("d MMM yyyy", "a short day: Qt's letters for dates"))


def weekday(date: QDate) -> str:
    """Name a day of this year: "Fri 12 Aug"."""
    return QLocale().toString(date, _form("ddd d MMM", "a day of the week: Qt's letters for dates"))


def moment(time: QDateTime) -> str:
    """Name a moment: "12 Aug 2011, 17:42"."""
    form = _form("d MMM yyyy, HH:mm", "a moment: Qt's letters for dates")
    return QLocale().toString(time, form)


def _form(form: str, comment: str) -> str:
    return QCoreApplication.translate("dates", form, comment)
