"""What a session carries, and how it ends."""

from __future__ import annotations

import asyncio
import base64
import os
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.cli.serve import FACTORY, PRIVATE
from bot.web.session import LARGEST_MESSAGE, Idleness, Launch, Size
from bot.web.words import Ending
from tests.bot.web.fake_app import NOISE
from tests.bot.web.visiting import ECHO, PATIENCE, Site, gone, is_running, service, site


async def test_what_is_typed_reaches_the_chat_and_its_screen_comes_back() -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready dark here")
        await visitor.command("blå [/x] 乳")
        await visitor.read_until("heard: blå [/x] 乳")


async def test_the_chat_learns_size_and_colours_of_the_page() -> None:
    async with site() as at, at.visit("columns=61&rows=20&colours=light") as visitor:
        await visitor.read_until("ready light")
        await visitor.command("size")
        await visitor.read_until("size 61 by 20")
        await visitor.note("resize", 100, 30)
        await visitor.note("focus")
        await visitor.command("size")
        await visitor.read_until("size 100 by 30")


@pytest.mark.parametrize(
    ("columns", "rows", "size"),
    [(80, 24, Size(80, 24)), (10**9, 0, Size(500, 6)), (-5, 9999, Size(20, 200)), ("x", None, Size(80, 24))],
)
def test_a_size_stays_within_bounds(columns: object, rows: object, size: Size) -> None:
    assert Size.near(columns, rows) == size


async def test_noise_on_stdout_does_not_disturb_the_chat() -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.command("noise")
        await visitor.read_until("done: noise")
        await visitor.command("still there")
        await visitor.read_until("heard: still there")
    assert NOISE not in visitor.shown


async def test_a_file_goes_to_the_browser_and_not_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.command("file")
        _, name, mime, content = await visitor.read_note("file")
    assert (name, mime) == ("visit.md", "text/markdown")
    assert base64.b64decode(content).decode() == "Kept: “one”\n"
    assert not list(tmp_path.rglob("visit*"))


async def test_a_copy_goes_to_the_browsers_clipboard() -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.command("copy")
        copied = base64.b64encode("a quote – kept".encode()).decode()
        await visitor.read_until(f"\x1b]52;c;{copied}\a")


async def test_a_link_is_offered_only_if_it_leads_to_a_page() -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.command("lure")
        await visitor.read_until("done: lure")
        await visitor.command("link")
        await visitor.read_note("link")
    assert visitor.notes == [["link", "https://example.org/label"]]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="the system does not tell what is loaded")
async def test_no_session_loads_what_only_building_needs(real_home: Path) -> None:
    launch = Launch(FACTORY, (str(real_home), PRIVATE))
    async with site(service(launch)) as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.note("focus")
        await visitor.command("What does HER2-low mean?")
        await visitor.read_until("[1]")
        (process,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        loaded = Path(f"/proc/{process}/maps").read_text()
    assert "onnxruntime" in loaded
    assert "torch" not in loaded


async def test_closing_the_tab_ends_the_process() -> None:
    async with site() as at:
        async with at.visit() as visitor:
            process = await visitor.process()
            assert is_running(process)
        await gone(process)


async def test_a_process_that_does_not_listen_is_ended_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.session.QUIT_SECONDS", 0.1)
    async with site() as at:
        async with at.visit() as visitor:
            process = await visitor.process()
            await visitor.command("hang")
        await gone(process)


async def test_stopping_the_server_ends_every_session() -> None:
    async with AsyncExitStack() as tabs:
        async with site() as at:
            visitors = [await tabs.enter_async_context(at.visit()) for _ in range(2)]
            processes = [await visitor.process() for visitor in visitors]
        assert [await visitor.read_to_the_end() for visitor in visitors] == [Ending.STOPPED.code] * 2
        assert not any(map(is_running, processes))


async def test_sessions_end_with_a_server_that_is_killed() -> None:
    code = (
        "import asyncio; from tests.bot.web.visiting import site\n"
        "async def main():\n"
        "    async with site() as at: print(at.port, flush=True); await asyncio.Event().wait()\n"
        "asyncio.run(main())"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        async with Site(int(server.stdout.readline())).visit() as visitor:
            process = await visitor.process()
            server.kill()
            await gone(process)


async def test_stopping_does_not_wait_for_a_connection_that_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.web.server.OPEN_SECONDS", None)
    async with asyncio.timeout(PATIENCE):
        async with site() as at:
            reader, writer = await asyncio.open_connection("127.0.0.1", at.port)
            await at.fetch()
        assert await reader.read() == b""
        writer.close()


@pytest.mark.parametrize(
    ("command", "ending"), [("quit", Ending.QUIT), ("crash", Ending.BROKEN), ("die", Ending.BROKEN)]
)
async def test_the_browser_learns_why_the_chat_ended(command: str, ending: Ending) -> None:
    async with site() as at, at.visit() as visitor:
        process = await visitor.process()
        await visitor.command(command)
        assert await visitor.read_to_the_end() == ending.code
    await gone(process)


async def test_a_chat_that_cannot_start_says_so() -> None:
    launch = Launch("tests.bot.web.fake_app:silent_app")
    async with site(service(launch)) as at, at.visit() as visitor:
        assert await visitor.read_to_the_end() == Ending.BROKEN.code


async def test_what_a_chat_complains_of_is_not_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.command("crash")
        await visitor.read_to_the_end()
    assert capfd.readouterr() == ("", "")


async def test_an_idle_chat_is_warned_and_then_ended() -> None:
    async with site(service(idleness=Idleness(end=0.2, warning=0.1))) as at, at.visit() as visitor:
        assert await visitor.read_to_the_end() == Ending.IDLE.code
        assert visitor.notes == [["idle", 0.1]]


async def test_who_wants_to_stay_is_warned_anew_later() -> None:
    async with site(service(idleness=Idleness(end=2.2, warning=2.0))) as at, at.visit() as visitor:
        await visitor.read_note("idle")
        visitor.notes.clear()
        await visitor.note("stay")
        await visitor.read_note("idle")


async def test_when_all_places_are_taken_the_browser_is_told_and_a_place_is_free_again_later() -> None:
    async with site(service(ECHO, sessions=1, patience=0.05)) as at, at.visit() as first:
        await first.read_until("ready")
        async with at.visit() as second:
            assert await second.read_to_the_end() == Ending.FULL.code
    async with site(service(ECHO, sessions=1, patience=20)) as at:
        async with at.visit() as first:
            await first.read_until("ready")
        async with at.visit() as reloaded:
            await reloaded.read_until("ready")


async def test_sessions_do_not_see_each_other() -> None:
    async with site() as at, at.visit() as one, at.visit() as other:
        assert await one.process() != await other.process()
        await one.command("only here")
        await one.read_until("heard: only here")
        await other.command("there")
        await other.read_until("heard: there")
    assert "only here" not in other.shown


@pytest.mark.parametrize(
    "note",
    [
        "no json",
        "[]",
        "{}",
        '["resize"]',
        '["resize", 1, 2, 3]',
        '["quit"]',
        "[" * 1000,
        '["focus", "' + "x" * 2000 + '"]',
    ],
)
async def test_what_is_no_note_ends_the_session(note: str) -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.connection.send(note)
        assert await visitor.read_to_the_end() == Ending.REFUSED.code


async def test_a_message_that_is_too_large_ends_the_session() -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.connection.send(b"x" * (LARGEST_MESSAGE + 1))
        assert await visitor.read_to_the_end() == 1009


async def test_a_page_that_has_the_focus_from_the_start_can_paste_at_once() -> None:
    async with site() as at, at.visit() as visitor:
        await visitor.note("focus")
        await visitor.read_until("ready")
        await visitor.type("\x1b[200~pasted\x1b[201~\r")
        await visitor.read_until("heard: pasted")


async def test_a_long_paste_arrives_whole_in_pieces() -> None:
    text = "0123456789" * 5000
    async with site() as at, at.visit() as visitor:
        await visitor.read_until("ready")
        await visitor.note("focus")
        for piece in (f"\x1b[200~{text[:30000]}", f"{text[30000:]}\x1b[201~", "\r"):
            await visitor.type(piece)
        await visitor.read_until("heard 50000 characters")
