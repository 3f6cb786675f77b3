"""Who is let in, and what they get."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import pytest
from websockets.exceptions import InvalidStatus

from bot.web.pages import FILES
from bot.web.words import NO_ENTRY, NO_SCRIPT
from tests.bot.web.visiting import TOKEN, service, site

VENDORED = {
    "addon-fit.mjs": "2d87e1bddc73be9111de8beee5370c3bb7aac9c94e18e6f245f02ca741ef1769",
    "addon-unicode11.mjs": "37bb2d573c615661c875398be2a3497e02bd21d7202a5d1159f6ab70a8cfc2f2",
    "xterm.css": "854a7c0fb70e8b1a083c16797ab827299fb18744f5ad34f227b48337e33293c6",
    "xterm.mjs": "b336ec65a086c056d4804b3d4c2347da5663d3f23c3f25be866467bd8857ad59",
}
"""As they are in the packages @xterm/xterm 6.0.0, @xterm/addon-fit 0.11.0, @xterm/addon-unicode11 0.9.0."""


async def test_the_page_is_ours_alone_and_says_what_it_is() -> None:
    async with site() as at:
        status, headers, page = await at.fetch()
    assert status == 200
    assert "<title>mbc-chat: about the fake articles</title>" in page
    assert '<html lang="en">' in page
    assert "emergency call &lt;112&gt;." in page
    assert not re.search(r"(?:https?:|wss?:)?//", page.replace("<!DOCTYPE html>", ""))
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in headers
    assert "Server" not in headers


async def test_the_policy_lets_in_our_own_files_and_no_inline_script() -> None:
    async with site() as at:
        _, headers, page = await at.fetch()
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    (nonce,) = re.findall(r"nonce-([\w-]+)", policy["style-src"])
    assert f'nonce="{nonce}"' in page
    assert "<script>" not in page


async def test_the_page_without_scripts_says_so() -> None:
    async with site() as at:
        _, _, page = await at.fetch()
    without = page[page.index("<noscript>") : page.index("</noscript>")]
    assert NO_SCRIPT.title in without
    assert "mbc-chat chat --plain" in without
    assert "In an emergency" in without


async def test_every_file_of_the_page_comes_whole_and_nothing_else_does() -> None:
    async with site() as at:
        _, _, page = await at.fetch()
        for name in sorted(FILES):
            status, headers, text = await at.fetch(f"/{TOKEN}/{name}")
            assert status == 200
            assert text == files("bot.web").joinpath("static", name).read_text("utf-8")
            assert headers["Content-Type"].startswith(("text/javascript", "text/css", "image/svg+xml"))
        for name in ("chat.html", "../server.py", "vendor/../../server.py", "vendor/", "%2e%2e/server.py"):
            assert (await at.fetch(f"/{TOKEN}/{name}"))[0] == 404
    assert all(f"/{TOKEN}/{name}" in page for name in re.findall(rf'(?:src|href)="/{TOKEN}/([^"]+)"', page))


@pytest.mark.parametrize(
    "path", ["/", "/wrong/", f"/{TOKEN[:-1]}/", "/chat.js", "/wrong/chat.js", "/wrong/connection"]
)
async def test_without_the_token_there_is_only_a_page_that_says_so(path: str) -> None:
    async with site() as at:
        status, headers, page = await at.fetch(path)
    assert status == 403
    assert NO_ENTRY.title in page
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_a_connection_needs_the_token() -> None:
    async with site() as at:
        with pytest.raises(InvalidStatus) as refused:
            async with at.visit(token="wrong"):
                pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:1", "http://localhost.evil.example"]
)
async def test_a_connection_from_another_site_is_refused_even_with_the_token(origin: str | None) -> None:
    async with site() as at:
        with pytest.raises(InvalidStatus) as refused:
            async with at.visit(origin=origin):
                pass
    assert refused.value.response.status_code == 403


async def test_a_page_or_file_asked_for_by_another_site_is_refused() -> None:
    async with site() as at:
        assert (await at.fetch(Origin="http://evil.example"))[0] == 403
        assert (await at.fetch(f"/{TOKEN}/chat.js", Origin="null"))[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "[::1]:{port}"])
async def test_a_foreign_name_that_points_here_is_refused(host: str) -> None:
    async with site() as at:
        status, _, page = await at.fetch(Host=host.format(port=at.port))
    assert status == 421
    assert "not known under this name" in page


async def test_a_name_of_ones_own_is_let_in_once_it_is_known() -> None:
    async with site(service(names=frozenset({"chat.example.org"}))) as at:
        assert (await at.fetch(Host="chat.example.org"))[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "HEAD", "OPTIONS"])
async def test_only_reading_is_possible(method: str) -> None:
    async with site() as at:
        assert (await at.fetch(method=method))[0] == 405


def test_the_terminal_of_the_page_is_as_its_makers_published_it() -> None:
    folder = files("bot.web").joinpath("static", "vendor")
    found = {name: hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() for name in VENDORED}
    assert found == VENDORED
    assert "Permission is hereby granted" in folder.joinpath("LICENSE-xterm").read_text("utf-8")
