"""The query language: what people write, what it means, and what is said when it means nothing."""

from __future__ import annotations

import random
from datetime import date

import pytest

from core.catalog.filters import (
    AlbumNameFilter,
    CameraFilter,
    DateFilter,
    Filter,
    FolderFilter,
    HasGpsFilter,
    IsFavouriteFilter,
    IsOfflineFilter,
    KeywordFilter,
    LabelFilter,
    LensFilter,
    NameFilter,
    NotFilter,
    RatingFilter,
    SizeFilter,
    TypeFilter,
)
from core.errors import QueryError
from core.search.query import MAX_LENGTH, MOST_CONDITIONS, Query, parse_query, tokenize

TODAY = date(2026, 11, 21)  # a Saturday


def only_filter(text: str) -> Filter:
    query = parse_query(text, today=TODAY)
    assert (query.text, query.excluded) == ("", ())
    (found,) = query.filters
    return found


def complaint(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse_query(text, today=TODAY)
    return caught.value


def test_everything_at_once() -> None:
    text = 'a dog  on the beach -cat -"red car" folder:"my trip" rating:>=3 -is:offline'
    assert parse_query(text) == Query(
        "a dog on the beach",
        ("cat", "red car"),
        (FolderFilter("my trip"), RatingFilter(3, 5), NotFilter(IsOfflineFilter())),
    )


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\x00\x1b", "\u3000"])
def test_nothing_written_means_everything(text: str) -> None:
    assert parse_query(text) == Query()


@pytest.mark.parametrize(
    "text",
    [
        "3:2",
        "http://example.org",
        "C:\\Users",
        "Paris: night",
        "lol:)",
        "t-shirt",
        'a 5" nail',
        "rock'n'roll",
        "12:30",
        "生日：海滩",
        "a:b",
    ],
)
def test_words_with_signs_in_them_stay_words(text: str) -> None:
    assert parse_query(text) == Query(text)


def test_a_dash_between_words_is_no_minus() -> None:
    assert parse_query("beach - sunset") == Query("beach sunset")


def test_quotes_take_everything_in_them_literally() -> None:
    assert parse_query('"-cat is:favourite  foo:bar"') == Query("-cat is:favourite foo:bar")


def test_full_width_and_curly_signs_mean_the_same() -> None:
    found = parse_query("“红色 帐篷” －猫 folder：旅行 date:２０２１ rating:≥3 「海」")
    assert found == Query(
        "红色 帐篷 海",
        ("猫",),
        (FolderFilter("旅行"), DateFilter("2021-01-01", "2022-01-01"), RatingFilter(3, 5)),
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("folder:2021/summer", FolderFilter("2021/summer")),
        ("NAME:img_20", NameFilter("img_20")),
        ("type:heic", TypeFilter("heic")),
        ('camera:"Canon EOS 5D"', CameraFilter("Canon EOS 5D")),
        ("lens:50mm", LensFilter("50mm")),
        ("album:Lakes", AlbumNameFilter("Lakes")),
        ('-album:"Summer by the lake"', NotFilter(AlbumNameFilter("Summer by the lake"))),
        ("Keyword:子ども", KeywordFilter("子ども")),
        ("label:receipt", LabelFilter("receipt")),
        ("-label:receipt", NotFilter(LabelFilter("receipt"))),
        ('label:"our tent"', LabelFilter("our tent")),
        ("label:receipt>=0.8", LabelFilter("receipt", 0.8, 1.0)),
        ('label:"our tent"<=25%', LabelFilter("our tent", 0.0, 0.25)),
        ("label：帐篷≥.5", LabelFilter("帐篷", 0.5, 1.0)),
        ("has:GPS", HasGpsFilter()),
        ("is:favourite", IsFavouriteFilter()),
        ("is:favorite", IsFavouriteFilter()),
        ("is:offline", IsOfflineFilter()),
        ('-folder:"old stuff"', NotFilter(FolderFilter("old stuff"))),
        ("rating:3", RatingFilter(3, 3)),
        ("rating:>3", RatingFilter(4, 5)),
        ("rating:<=2", RatingFilter(0, 2)),
        ("rating:3..5", RatingFilter(3, 5)),
        ("rating:..2", RatingFilter(0, 2)),
        ("size:>5mb", SizeFilter(5_000_001, None, "bytes")),
        ("size:>=5MB", SizeFilter(5_000_000, None, "bytes")),
        ("size:<200kb", SizeFilter(None, 199_999, "bytes")),
        ("size:>12mp", SizeFilter(12_000_001, None, "pixels")),
        ("size:1mb..5mb", SizeFilter(1_000_000, 5_000_000, "bytes")),
        ("size:1..5mb", SizeFilter(1_000_000, 5_000_000, "bytes")),
        ("size:1.5gb..", SizeFilter(1_500_000_000, None, "bytes")),
        ("size:10mp", SizeFilter(9_000_000, 11_000_000, "pixels")),
    ],
)
def test_filters(text: str, meant: Filter) -> None:
    assert only_filter(text) == meant


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("2021", "2021-01-01", "2022-01-01"),
        ("2021-06", "2021-06-01", "2021-07-01"),
        ("2021-12", "2021-12-01", "2022-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2021/6/5", "2021-06-05", "2021-06-06"),
        ("2019..2021", "2019-01-01", "2022-01-01"),
        ("2019..", "2019-01-01", None),
        ("..2021", None, "2022-01-01"),
        ("2021-06..2021-08-15", "2021-06-01", "2021-08-16"),
        (">=2020", "2020-01-01", None),
        (">2020", "2021-01-01", None),
        ("<2020", None, "2020-01-01"),
        ("<=2020", None, "2021-01-01"),
        ("9999", "9999-01-01", None),
        ("today", "2026-11-21", "2026-11-22"),
        ("yesterday", "2026-11-20", "2026-11-21"),
        ("this-week", "2026-11-16", "2026-11-23"),
        ("last-week", "2026-11-09", "2026-11-16"),
        ('"last week"', "2026-11-09", "2026-11-16"),
        ("this-month", "2026-11-01", "2026-12-01"),
        ("last-month", "2026-10-01", "2026-11-01"),
        ("this-year", "2026-01-01", "2027-01-01"),
        ("Last-Year", "2025-01-01", "2026-01-01"),
        ("last-week..today", "2026-11-09", "2026-11-22"),
    ],
)
def test_dates(value: str, start: str | None, end: str | None) -> None:
    assert only_filter(f"date:{value}") == DateFilter(start, end)


def test_the_month_before_january_is_december() -> None:
    (found,) = parse_query("date:last-month", today=date(2026, 1, 31)).filters
    assert found == DateFilter("2025-12-01", "2026-01-01")


@pytest.mark.parametrize(
    ("text", "says", "place"),
    [
        ('"red tent', "(at character 1) is not closed", (0, 9)),
        ('sea -"red tent', "(at character 6) is not closed", (5, 14)),
        ("sea -", "minus (at character 5) has no word after it", (4, 5)),
        ('sea ""', "(at character 5) hold nothing", (4, 6)),
        ("sea folder:", "folder: (at character 5) has no value", (4, 11)),
        ("sea folder: x", "folder: (at character 5) has no value", (4, 11)),
        ("sea colour:red", 'no filter "colour:" (at character 5)', (4, 11)),
        ("date:2021-13", "not in the calendar", (0, 12)),
        ("date:2021-02-30", "not in the calendar", (0, 15)),
        ("date:soon", "is not a date", (0, 9)),
        ("date:..", "is not a date", (0, 7)),
        ("date:2021..2019", "ends before it starts", (0, 15)),
        ("date:>9999", "later than any date", (0, 10)),
        ("rating:9", "is not a rating", (0, 8)),
        ("rating:>5", "fits no rating", (0, 9)),
        ("rating:5..3", "fits no rating", (0, 11)),
        ("size:5", "has no unit", (0, 6)),
        ("size:big", "is not a size", (0, 8)),
        ("size:1mb..5mp", "mixes bytes and megapixels", (0, 13)),
        ("size:5mb..1mb", "fits no size", (0, 13)),
        ("sea has:wings", "(at character 5) is nothing that photos can have", (4, 13)),
        ("is:blue", "is:favourite or is:offline", (0, 7)),
    ],
)
def test_a_wrong_query_gets_one_sentence_that_says_where_and_what(
    text: str, says: str, place: tuple[int, int]
) -> None:
    error = complaint(text)
    assert says in str(error)
    assert (error.start, error.end) == place
    assert str(error).endswith(".")
    assert "\n" not in str(error)


def test_an_unknown_filter_is_answered_with_the_known_ones() -> None:
    said = str(complaint("colour:red"))
    names = "folder name type date camera lens rating size album keyword label has is"
    for name in names.split():
        assert f"{name}:" in said


def test_a_query_of_ten_megabytes_is_refused_at_once() -> None:
    error = complaint("dog " * 2_500_000)
    assert "10,000,000 characters" in str(error)
    assert error.start == MAX_LENGTH


def test_a_long_value_is_not_repeated_in_full() -> None:
    assert len(str(complaint("date:" + "9" * 3000))) < 300


def test_hostile_queries_raise_nothing_but_query_errors() -> None:
    dice = random.Random(11)
    pieces = [
        *" \t\x00-–−－\"“”„«»「」:：.…<>=≥()*%'\\/\ud800\u200b🏖é９",
        *[
            "folder:",
            "date:",
            "size:",
            "rating:",
            "is:",
            "has:",
            "album:",
            "keyword:",
            "label:",
            "name:",
            "..",
            ">=",
            "today",
            "last-week",
            "2021",
            "5mb",
            "-1",
            "∞",
            "½",
        ],
        "(" * 500,
    ]
    for _ in range(5000):
        text = "".join(dice.choices(pieces, k=dice.randint(1, 14)))
        try:
            parse_query(text, today=TODAY)
        except QueryError as error:
            assert 0 <= error.start <= error.end <= len(text)  # noqa: PT017


def test_what_is_parsed_can_be_encoded() -> None:
    parse_query("sea \ud800 name:a\udcff\udcfe").text.encode()


def test_tokens_know_where_they_stand() -> None:
    text = 'red tent -"old car" -folder:x'
    assert [(token.kind, text[token.start : token.end]) for token in tokenize(text)] == [
        ("words", "red"),
        ("words", "tent"),
        ("excluded", '-"old car"'),
        ("filter", "-folder:x"),
    ]


def test_conditions_without_end_are_refused_where_they_become_too_many() -> None:
    many = [f"name:{number}" if number % 2 else f"-w{number}" for number in range(MOST_CONDITIONS)]
    query = parse_query(" ".join([*many, *many, "words", "and words"]))
    assert len(query.filters) + len(query.excluded) == MOST_CONDITIONS
    text = " ".join([*many, "camera:x", "tent"])
    with pytest.raises(QueryError, match="more than 50 filters and words to leave out") as caught:
        parse_query(text)
    assert text[caught.value.start :] == "camera:x tent"
