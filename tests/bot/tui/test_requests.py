"""Which question waits, which is out, which result is stale."""

from __future__ import annotations

from bot.tui.requests import Requests
from tests.bot.tui.fake_engine import ANSWER, CHAT, EMERGENCY


def test_one_question_is_out_at_a_time_and_the_oldest_goes_first() -> None:
    requests = Requests()
    first, second = requests.ask("one"), requests.ask("two")
    assert requests.send_next() is first
    assert requests.send_next() is None
    assert requests.settle(first.number, ANSWER)
    assert requests.send_next() is second


def test_a_result_that_comes_a_second_time_or_for_a_left_conversation_is_stale() -> None:
    requests = Requests()
    first = requests.ask("one")
    assert requests.settle(first.number, ANSWER)
    assert not requests.settle(first.number, CHAT)
    assert not requests.settle_early(first.number, EMERGENCY)
    assert not requests.fail(first.number)
    requests.forget()
    assert requests.get(first.number) is None
    assert not requests.settle(first.number, ANSWER)
    assert requests.ask("two").number == first.number + 1


def test_an_early_reply_is_shown_only_where_it_must_be() -> None:
    requests = Requests()
    calm, serious = requests.ask("one"), requests.ask("two")
    assert not requests.settle_early(calm.number, CHAT)
    assert requests.settle_early(serious.number, EMERGENCY)
    assert requests.waiting == (calm,)
    assert not requests.settle(serious.number, ANSWER)


def test_the_turns_before_a_question_never_hold_later_ones_and_keep_their_order() -> None:
    requests = Requests()
    first, second, third = (requests.ask(text) for text in ("one", "two", "three"))
    requests.settle(third.number, EMERGENCY)
    requests.settle(first.number, ANSWER)
    requests.settle_early(second.number, CHAT)
    assert requests.before(second.number).questions == ("one",)
    assert requests.before(third.number).questions == ("one", "two")


def test_a_question_that_failed_leaves_the_way_free_and_is_no_turn() -> None:
    requests = Requests()
    first, second = requests.ask("one"), requests.ask("two")
    requests.send_next()
    assert requests.fail(first.number)
    assert requests.send_next() is second
    assert requests.before(second.number).questions == ()
