from __future__ import annotations

import pytest

from bot.web.access import Door, is_loopback, is_same_origin, is_unspecified, new_token

TOKEN = "a-token"
DOOR = Door(TOKEN)


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("/a-token/", ""),
        ("/a-token", ""),
        ("/a-token/?x=/y", ""),
        ("/a-token/chat.css", "chat.css"),
        ("/a-token/vendor/xterm.mjs", "vendor/xterm.mjs"),
        ("/a-token/connection?columns=80", "connection"),
    ],
)
def test_a_path_with_the_token_leads_to_a_room(path: str, room: str) -> None:
    assert DOOR.room(path) == room


@pytest.mark.parametrize(
    "path", ["/", "", "/a-toke/", "/a-tokens/", "/A-TOKEN/", "//a-token/", "/x/a-token/", "/é/"]
)
def test_any_other_path_leads_nowhere(path: str) -> None:
    assert DOOR.room(path) is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1:8642", "127.0.0.1"),
        ("localhost:8642", "127.0.0.1"),
        ("LOCALHOST:8642", "::1"),
        ("[::1]:8642", "::1"),
        ("192.0.2.7:8642", "192.0.2.7"),
        ("192.0.2.7:8642", "::ffff:192.0.2.7"),
    ],
)
def test_the_address_itself_and_localhost_are_our_hosts(host: str, address: str) -> None:
    assert DOOR.is_our_host(host, address, 8642)


@pytest.mark.parametrize(
    "host",
    [
        *(None, "", "rebound.example:8642", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8642x", "127.0.0.1:"),
        *("127.0.0.1.rebound.example:8642", "localhost.rebound.example:8642", "192.0.2.7:8642", "[::1:8642"),
    ],
)
def test_other_names_and_ports_are_foreign(host: str | None) -> None:
    assert not DOOR.is_our_host(host, "127.0.0.1", 8642)


def test_localhost_does_not_name_a_server_that_was_reached_from_elsewhere() -> None:
    assert not DOOR.is_our_host("localhost:8642", "192.0.2.7", 8642)


def test_a_name_that_we_were_told_of_is_ours_on_any_port() -> None:
    door = Door(TOKEN, frozenset({"chat.example.org"}))
    assert door.is_our_host("Chat.example.org", "127.0.0.1", 8642)
    assert door.is_our_host("chat.example.org:8443", "127.0.0.1", 8642)
    assert not door.is_our_host("example.org", "127.0.0.1", 8642)


def test_the_same_origin_is_scheme_host_and_port() -> None:
    assert is_same_origin("http://127.0.0.1:8642", "127.0.0.1:8642")
    assert is_same_origin("https://chat.example.org", "Chat.example.org")


@pytest.mark.parametrize(
    "origin",
    [
        *(
            None,
            "",
            "null",
            "127.0.0.1:8642",
            "http://127.0.0.1",
            "http://127.0.0.1:8643",
            "file://127.0.0.1:8642",
        ),
        *("http://127.0.0.1:8642.example", "http://x@127.0.0.1:8642", "http://127.0.0.1:8642/"),
    ],
)
def test_other_origins_are_foreign(origin: str | None) -> None:
    assert not is_same_origin(origin, "127.0.0.1:8642")


def test_loopback_is_told_from_what_others_can_reach() -> None:
    assert all(map(is_loopback, ["127.0.0.1", "127.9.9.9", "::1", "localhost", "::ffff:127.0.0.1"]))
    assert not any(
        map(is_loopback, ["0.0.0.0", "::", "", "192.0.2.7", "example.org", "localhost.example.org"])
    )


def test_an_address_that_stands_for_all_is_none_to_open() -> None:
    assert is_unspecified("0.0.0.0")
    assert is_unspecified("::")
    assert not any(map(is_unspecified, ["127.0.0.1", "192.0.2.7", "localhost", ""]))


def test_every_token_is_new_and_long() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43
