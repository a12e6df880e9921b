from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.grid.geometry import HEADING, MARGIN, TOP, Box, GridGeometry
from app.grid.groups import group_by
from app.grid.rows import GAP, add_up

MILLION = GridGeometry(count=1_000_000, width=1200, wanted=150)
RESULTS = GridGeometry(count=50, width=1200, wanted=150, cut=10)


def test_tiles_fill_the_width_from_margin_to_margin() -> None:
    assert MILLION.columns == 7
    first, last = MILLION.box(0), MILLION.box(6)
    assert first.x == MARGIN
    assert last.x + last.width == 1200 - MARGIN
    assert GAP <= MILLION.box(1).x - (first.x + first.width) <= GAP + 1


@pytest.mark.parametrize("geometry", [MILLION, RESULTS], ids=["a million", "results with a line"])
def test_every_tile_is_found_at_its_own_place(geometry: GridGeometry) -> None:
    for index in {0, 1, 6, 7, 9, 10, 11, 49, geometry.count // 2, geometry.count - 1}:
        box = geometry.box(index)
        assert geometry.index_at(box.x, box.y) == index
        assert geometry.index_at(box.x + box.width - 1, box.y + box.height - 1) == index
        assert geometry.index_at(box.x - 1, box.y) is None


def test_nothing_is_found_beyond_the_last_tile() -> None:
    box = RESULTS.box(49)
    assert RESULTS.index_at(box.x + box.width + GAP + 2, box.y) is None
    assert RESULTS.index_at(box.x, box.y + box.height + 100) is None
    assert GridGeometry(width=800).index_at(20, 20) is None


def test_the_last_row_of_a_million_ends_at_the_height() -> None:
    box = MILLION.box(999_999)
    assert box.y + box.height + MARGIN == MILLION.height
    assert MILLION.height < 2**31  # Qt's scroll bars are 32 bit


def test_what_is_visible_is_a_screenful_wherever_one_is() -> None:
    for top in (0, 1_000_000, MILLION.height - 700):
        visible = MILLION.visible(top, top + 700)
        assert MILLION.box(visible[0]).y + MILLION.side > top
        assert MILLION.box(visible[-1]).y < top + 700
        assert len(visible) <= 7 * 6


def test_less_likely_photos_begin_a_row_of_their_own_under_the_divider() -> None:
    divider = RESULTS.divider
    assert divider is not None
    above, below = RESULTS.box(9), RESULTS.box(10)
    assert above.y + above.height < divider.y
    assert below.y >= divider.y + divider.height
    assert below.x == MARGIN


def test_the_divider_comes_first_when_nothing_is_likely() -> None:
    geometry = GridGeometry(count=5, width=1200, cut=0)
    divider = geometry.divider
    assert divider is not None
    assert geometry.box(0).y > divider.y
    assert list(geometry.visible(0, 700)) == [0, 1, 2, 3, 4]


def test_no_divider_when_everything_is_likely() -> None:
    assert GridGeometry(count=5, width=1200, cut=5).divider is None


def test_keys_lead_through_rows_and_across_the_divider() -> None:
    assert RESULTS.moved(0, "down", 700) == 7
    assert RESULTS.moved(8, "down", 700) == 11  # the second column of the section below
    assert RESULTS.moved(5, "down", 700) == 9  # a short row: its last tile
    assert RESULTS.moved(11, "up", 700) == 8
    assert RESULTS.moved(0, "up", 700) == 0
    assert RESULTS.moved(0, "left", 700) == 0
    assert RESULTS.moved(49, "right", 700) == 49
    assert MILLION.moved(0, "end", 700) == 999_999
    assert MILLION.moved(999_999, "home", 700) == 0
    assert MILLION.moved(0, "page_down", 700) == 7 * (700 // (MILLION.side + GAP))


def test_a_box_touches_a_part_of_each_row() -> None:
    side = MILLION.side
    one, other = MILLION.box(8), MILLION.box(17)  # second and fourth column, rows two and three
    box = Box(one.x + 5, one.y + 5, other.x - one.x, other.y - one.y + side // 2)
    assert list(MILLION.within(box)) == [range(8, 11), range(15, 18)]


def test_a_box_in_a_gap_touches_nothing() -> None:
    first = MILLION.box(0)
    assert not list(MILLION.within(Box(first.x + first.width + 1, first.y, 3, 50)))


def days(*counts: int) -> NDArray[np.int32]:
    """So many photos on each of some days, which are a month apart."""
    return np.repeat(np.arange(len(counts))[::-1] * 31 + 15_000, counts).astype(np.int32)


def grouped(*counts: int, **more: Any) -> GridGeometry:
    groups = group_by(days(*counts), "day")
    assert groups is not None
    return GridGeometry(sum(counts), 1200, 150, bounds=groups.starts, **more)


def test_every_group_begins_a_row_under_its_heading() -> None:
    geometry = grouped(3, 9, 20)
    first, second = geometry.box(0), geometry.box(3)
    assert first.y == TOP + HEADING
    assert second.x == MARGIN
    assert second.y == first.y + geometry.side + GAP + HEADING
    headings = geometry.headings(0, 2000)
    assert [group for group, _ in headings] == [0, 1, 2]
    assert headings[1][1].y + HEADING == second.y


def test_the_heading_of_what_is_at_the_top_sticks_until_the_next_one_pushes_it() -> None:
    geometry = grouped(30, 30)
    inside = geometry.box(10).y
    assert geometry.headings(inside, inside + 500)[0] == (0, Box(0, inside, 1200, HEADING))
    second = geometry.box(30).y - HEADING
    pushed = geometry.headings(second - 10, second + 500)
    assert pushed[0] == (0, Box(0, second - HEADING, 1200, HEADING))
    assert pushed[1][1].y == second


def test_keys_lead_from_group_to_group() -> None:
    geometry = grouped(3, 9)
    assert geometry.moved(1, "down", 700) == 4
    assert geometry.moved(9, "up", 700) == 2  # a short row: the nearest
    assert geometry.moved(2, "right", 700) == 3


def test_results_with_a_line_are_not_grouped() -> None:
    geometry = grouped(3, 9, cut=5)
    assert not geometry.grouped
    assert geometry.divider is not None


def in_shape(aspects: list[float], width: int = 1000, wanted: int = 150) -> GridGeometry:
    return GridGeometry(len(aspects), width, wanted, aspects=add_up(np.array(aspects, np.float32)))


def rows_of(geometry: GridGeometry) -> list[list[Box]]:
    rows: dict[int, list[Box]] = {}
    for _, box in geometry.boxes(0, geometry.height):
        rows.setdefault(box.y, []).append(box)
    return list(rows.values())


def test_photos_of_their_own_shape_fill_the_width_row_by_row() -> None:
    aspects = [1.5, 0.67, 1.33, 1.0, 1.78, 0.75, 1.5] * 30
    geometry = in_shape(aspects)
    *full, last = rows_of(geometry)
    for row in full:
        assert row[0].x == MARGIN
        assert row[-1].x + row[-1].width == 1000 - MARGIN
        assert 100 <= row[0].height <= 200
    boxes = [box for row in [*full, last] for box in row]
    for box, aspect in zip(boxes, aspects, strict=True):
        assert box.width / box.height == pytest.approx(aspect, abs=0.06)


def test_the_last_row_of_a_group_is_as_high_as_was_wanted() -> None:
    geometry = in_shape([1.5, 1.5])
    assert [box.height for box in rows_of(geometry)[0]] == [150, 150]
    assert geometry.box(1).x + geometry.box(1).width < 600


def test_a_panorama_takes_a_row_and_a_sliver_is_cut() -> None:
    geometry = in_shape([1.0, 30.0, 1.0, 0.01], width=400)
    assert all(box.x + box.width <= 400 - MARGIN for _, box in geometry.boxes(0, geometry.height))
    assert min(box.width for _, box in geometry.boxes(0, geometry.height)) >= 20


def test_unknown_aspects_count_as_square() -> None:
    known = in_shape([1.0, 1.0, 1.0])
    unknown = in_shape([0.0, float("nan"), -1.0])
    assert [unknown.box(n) for n in range(3)] == [known.box(n) for n in range(3)]


@pytest.mark.parametrize("seed", range(5))
def test_no_photo_is_lost_or_shown_twice_whatever_the_shapes_and_groups(seed: int) -> None:
    chance = np.random.default_rng(seed)
    counts = chance.integers(1, 60, 40)
    aspects = chance.choice(np.array([0.3, 0.67, 1.0, 1.5, 3.0, 12.0], np.float32), counts.sum())
    added_up = add_up(aspects)
    for width in (90, 400, 1333):
        geometry = grouped(*counts.tolist(), aspects=added_up)
        geometry = replace(geometry, width=width)
        shown = [n for n, _ in geometry.boxes(0, geometry.height)]
        assert shown == list(range(int(counts.sum())))
        for n in chance.integers(0, len(shown), 30).tolist():
            box = geometry.box(n)
            assert geometry.index_at(box.x + box.width // 2, box.y + box.height // 2) == n


def test_groups_are_cut_where_day_month_or_year_changes() -> None:
    dates = ["2012-08-11", "2012-08-11", "2012-08-02", "2012-07-30", "2011-07-30"]
    taken = np.array(dates, "datetime64[D]").astype(np.int32)
    titles = {}
    for grouping in ("day", "month", "year"):
        groups = group_by(taken, grouping)
        assert groups is not None
        titles[grouping] = [(groups.title(n), len(groups.members(n))) for n in range(len(groups))]
    assert titles["day"][:2] == [("11 August 2012", 2), ("2 August 2012", 1)]
    assert titles["month"] == [("August 2012", 3), ("July 2012", 1), ("July 2011", 1)]
    assert titles["year"] == [("2012", 4), ("2011", 1)]


def test_photos_in_another_order_are_not_grouped() -> None:
    assert group_by(np.array([3, 1, 2], np.int32), "day") is None
    assert group_by(np.array([1, 2, 3], np.int32), "none") is None
    assert group_by(np.empty(0, np.int32), "day") is None
    oldest_first = group_by(np.array([1, 1, 3], np.int32), "day")
    assert oldest_first is not None
    assert oldest_first.of(2) == 1
