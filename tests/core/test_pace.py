"""How hard indexing works: by what was chosen, and by the battery."""

from __future__ import annotations

from core.indexing.pace import BATTERY_SECONDS, Pace, Pacing, pace_for


def test_normal_takes_every_core_and_stands_back_for_other_programs() -> None:
    pace = pace_for("normal", 0, cores=8, on_battery=False)
    assert (pace.workers, pace.threads, pace.share) == (8, 0, 1.0)
    assert 0 < pace.niceness < pace_for("gentle", 0, cores=8, on_battery=False).niceness


def test_gentle_takes_half_of_the_cores_half_of_the_time() -> None:
    pace = pace_for("gentle", 0, cores=8, on_battery=False)
    assert (pace.workers, pace.threads, pace.share) == (4, 4, 0.5)
    assert pace_for("gentle", 0, cores=1, on_battery=False).workers == 1


def test_full_stands_back_for_nothing_and_heeds_no_battery() -> None:
    assert pace_for("full", 0, cores=4, on_battery=True) == Pace(4, 0)


def test_a_battery_slows_normal_down_and_says_so() -> None:
    slowed = pace_for("normal", 0, cores=8, on_battery=True)
    assert slowed.slowed_by_battery
    assert slowed.workers == pace_for("gentle", 0, cores=8, on_battery=False).workers
    assert not pace_for("gentle", 0, cores=8, on_battery=True).slowed_by_battery


def test_a_number_of_decoders_that_was_set_holds() -> None:
    assert pace_for("normal", 3, cores=8, on_battery=False).workers == 3
    assert pace_for("gentle", 1, cores=8, on_battery=False).workers == 1


def test_the_battery_is_looked_at_now_and_then() -> None:
    now, unplugged, looks = [0.0], [False], list[float]()

    def battery() -> bool:
        looks.append(now[0])
        return unplugged[0]

    pacing = Pacing(cores=4, battery=battery, clock=lambda: now[0])
    assert not pacing.now().slowed_by_battery
    unplugged[0] = True
    assert not pacing.now().slowed_by_battery
    now[0] = BATTERY_SECONDS
    assert pacing.now().slowed_by_battery
    assert looks == [0.0, BATTERY_SECONDS]


def test_gentle_rests_in_every_second_and_normal_never() -> None:
    now = [0.0]
    pacing = Pacing("gentle", cores=4, battery=lambda: False, clock=lambda: now[0])
    moments = []
    for tenth in range(20):
        now[0] = tenth / 10 + 0.01
        moments.append(pacing.resting(pacing.now()))
    assert moments == [*[False] * 5, *[True] * 5] * 2
    pacing.choose("normal", 0)
    now[0] = 0.9
    assert not pacing.resting(pacing.now())
