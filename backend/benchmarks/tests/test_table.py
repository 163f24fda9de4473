from benchmarks.load import Sample, together
from benchmarks.rounds import Spread, ratios, slowest_over_fastest
from benchmarks.table import Row, at_least, at_most, text


def sample(answers: int) -> Sample:
    return Sample(answers, 1.0, 0, 0, 1.0, 2.0, 3.0)


def test_a_ratio_compares_what_shared_a_round() -> None:
    ours, theirs = [sample(40), sample(8)], [sample(10), sample(2)]

    assert ratios(ours, theirs) == Spread(4, 4, 4)


def test_pieces_of_a_round_are_one_sample() -> None:
    pieces = [Sample(n, 1.0, 10 * n, 0, n, 2 * n, 3 * n) for n in (1, 2, 6)]

    assert together(pieces) == Sample(9, 3.0, 90, 0, 2, 4, 6)


def test_the_luck_of_single_rounds_drives_no_loads_apart() -> None:
    samples = {
        "a": [sample(10), sample(20), sample(10)],
        "b": [sample(20), sample(10), sample(10)],
    }

    assert slowest_over_fastest(samples) == Spread(1, 1, 2)


def test_loads_are_as_far_apart_as_the_slowest_and_the_fastest() -> None:
    samples = {"a": [sample(10)], "b": [sample(12)], "c": [sample(8)]}

    assert slowest_over_fastest(samples).median == 1.5


def test_the_median_decides_and_the_bar_itself_passes() -> None:
    assert at_least("list", "", Spread(4, 2, 9), 4).passed
    assert not at_least("list", "", Spread(3.99, 2, 9), 4).passed
    assert at_most("bell", "", Spread(250, 1, 900), 250).passed
    assert not at_most("bell", "", Spread(250.1, 1, 900), 250).passed


def test_what_is_not_measured_is_neither_passed_nor_failed() -> None:
    assert text([Row("queries: create", "4")]).split() == ["queries:", "create", "4"]
