from __future__ import annotations

from bot.safety.matching import Reader, read_group

WORDS = "aching belly cough dizzy eyes fever gums hot itch jaw knee legs mouth nausea".split()


def test_matches_come_from_left_to_right_whatever_order_a_set_has() -> None:
    reader = Reader(WORDS, [read_group({"w": " ".join(WORDS)})])
    assert list(reader.find([0])) == [(at, at + 1) for at in range(len(WORDS))]


def test_of_parts_that_stand_together_the_first_place_counts() -> None:
    reader = Reader(WORDS, [read_group({"w": " ".join(WORDS[:7])}), read_group({"w": "jaw"})])
    assert next(reader.find_all([[0], [1]])) == ((0, 1), (9, 10))
