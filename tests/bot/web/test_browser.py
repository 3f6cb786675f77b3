"""The chat in a real browser, with networking watched."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli.serve import FACTORY, PRIVATE
from bot.web.session import Idleness, Launch
from bot.web.words import LOST, NO_ENTRY, NO_SCRIPT, NOT_SAVED, Ending
from tests.bot.web.chromium import CONTROL, SHIFT, Chromium, Tab, chromium, find_chromium, until
from tests.bot.web.visiting import TOKEN, Site, service, site

PROGRAM = find_chromium()
SOURCE_OPENED = ("Where these facts come from", "Esc Back")
"""The foot of the panel, or that of the whole article: which opens depends on the size of the fonts."""
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine: the page is not tried")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    assert PROGRAM is not None
    with chromium(PROGRAM, tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def tab(browser: Chromium) -> Iterator[Tab]:
    opened = browser.tab()
    yield opened
    opened.close()


@contextmanager
def served(
    launch: Launch | None = None, *, sessions: int = 3, idleness: Idleness | None = None
) -> Iterator[Site]:
    """Serve from a thread with a loop of its own."""
    ready = threading.Event()
    found: list[tuple[Site, Callable[[], object]]] = []
    given = service(*([launch] if launch else []), sessions=sessions, idleness=idleness, patience=5.0)

    async def run() -> None:
        done, loop = asyncio.Event(), asyncio.get_running_loop()
        async with site(given) as at:
            found.append((at, lambda: loop.call_soon_threadsafe(done.set)))
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(30)
    at, stop = found[0]
    try:
        yield at
    finally:
        stop()
        thread.join()


def address(at: Site) -> str:
    return f"http://{at.host}/{TOKEN}/"


def ended(tab: Tab) -> str:
    """Wait for the dialog at the end, and return its words."""
    until(lambda: tab.shows("#ended"))
    return str(tab.run("document.getElementById('ended').textContent"))


def test_a_question_is_answered_and_its_source_opened_without_leaving_the_machine(
    browser: Chromium, tab: Tab, real_home: Path
) -> None:
    with served(Launch(FACTORY, (str(real_home), PRIVATE))) as at:
        tab.open(address(at))
        tab.wait_for("● ready")
        tab.ask("What does HER2-low mean?")
        tab.wait_for("[1]")
        tab.wait_for("HER2-low and HER2-ultralow mean")
        tab.press("F3", 114)
        tab.wait_for(*SOURCE_OPENED)
        tab.reload()
        tab.wait_for("● ready")
        assert "HER2-ultralow" not in tab.text()
        other = browser.tab()
        other.open(address(at))
        other.wait_for("● ready")
        other.ask("What are PARP inhibitors?")
        other.wait_for("[1]")
        assert "PARP" not in tab.text()
        assert tab.hosts() == other.hosts() == {"127.0.0.1"}
        assert tab.complaints() == other.complaints() == []
        other.close()


def test_the_page_keeps_to_its_policy_and_takes_the_chats_colours(tab: Tab) -> None:
    with served() as at:
        tab.prefer(prefers_color_scheme="dark")
        tab.open(address(at))
        tab.wait_for("ready dark here")
        assert tab.run("document.title") == "mbc-chat: about the fake articles"
        assert tab.run("document.documentElement.className") == "dark"
        assert tab.run("[...document.querySelectorAll('style')].every(e => e.nonce && e.sheet)")
        tab.prefer(prefers_color_scheme="light")
        tab.reload()
        tab.wait_for("ready light here")
    assert tab.complaints() == []


def test_the_page_of_another_site_cannot_use_the_chat(browser: Chromium, tab: Tab) -> None:
    with served() as at, served() as elsewhere:
        tab.open(f"http://{elsewhere.host}/")
        until(lambda: tab.shows("h1"))
        reached = tab.run(
            f"""new Promise(done => {{
                const socket = new WebSocket("ws://{at.host}/{TOKEN}/connection");
                socket.onopen = () => done("open");
                socket.onerror = () => done("refused");
            }})"""
        )
        framed = browser.tab()
        framed.open(address(at))
        framed.wait_for("ready")
        framed.close()
    assert reached == "refused"


def test_a_wrong_token_gets_a_page_that_says_what_to_do(tab: Tab) -> None:
    with served() as at:
        tab.open(f"http://{at.host}/wrong/")
        until(lambda: tab.shows("h1"))
        assert tab.run("document.querySelector('h1').textContent") == NO_ENTRY.title
        assert tab.hosts() == {"127.0.0.1"}


def test_without_javascript_the_page_says_so(browser: Chromium) -> None:
    with served() as at:
        plain = browser.tab(script=False)
        plain.open(address(at))
        until(lambda: NO_SCRIPT.title in plain.visible_words())
        words = plain.visible_words()
        assert "mbc-chat chat --plain" in words
        assert "In an emergency" in words
        assert "Screen reader" not in words
        plain.close()


def test_leaving_the_chat_says_so_and_offers_a_new_one(tab: Tab) -> None:
    with served() as at:
        tab.open(address(at))
        tab.wait_for("ready")
        tab.ask("quit")
        words = ended(tab)
        assert Ending.QUIT.words.title in words
        assert NOT_SAVED in words
        assert not tab.shows("#read")
        assert "In an emergency" in words
        tab.run("document.getElementById('again').click()")
        tab.wait_for("ready")


def test_a_server_that_goes_away_is_told_from_a_lost_connection(tab: Tab) -> None:
    with served() as at:
        tab.open(address(at))
        tab.wait_for("ready")
    assert Ending.STOPPED.words.text in ended(tab)
    tab.run("document.getElementById('read').click()")
    until(lambda: tab.shows("#banner button"))
    assert not tab.shows("#ended")
    assert "ready" in tab.text()
    assert tab.run("document.body.dataset.lostTitle") == LOST.title


def test_when_all_places_are_taken_the_page_says_so(browser: Chromium, tab: Tab) -> None:
    with served(sessions=1) as at:
        tab.open(address(at))
        tab.wait_for("ready")
        late = browser.tab()
        late.open(address(at))
        assert Ending.FULL.words.title in ended(late)
        tab.open("about:blank")
        late.run("document.getElementById('again').click()")
        late.wait_for("ready")
        late.reload()
        late.wait_for("ready")
        late.close()


def test_an_idle_reader_is_asked_and_may_stay(tab: Tab) -> None:
    stay = "document.querySelector('#offers button').click()"
    with served(idleness=Idleness(end=90.0, warning=89.0)) as at:
        tab.open(address(at))
        until(lambda: tab.shows("#banner"))
        assert "ends in 89 seconds" in tab.run("document.getElementById('banner').textContent")
        assert not tab.run(f"{stay}, document.getElementById('banner').checkVisibility()")


def test_a_session_that_nobody_uses_ends_and_hides_what_was_read(tab: Tab) -> None:
    with served(idleness=Idleness(end=3.0, warning=2.0)) as at:
        tab.open(address(at))
        assert Ending.IDLE.words.text in ended(tab)
        assert not tab.run("document.querySelector('.xterm').checkVisibility({visibilityProperty: true})")
        assert not tab.shows("#banner")


def test_files_links_and_copies_reach_the_browser(tab: Tab, browser: Chromium, tmp_path: Path) -> None:
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    with served() as at:
        tab.open(address(at))
        browser.call(
            "Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"]
        )
        tab.wait_for("ready")
        tab.ask("file")
        until((tmp_path / "visit.md").exists)
        tab.ask("link")
        until(lambda: tab.shows("#offers a"))
        assert tab.run("document.querySelector('#offers a').href") == "https://example.org/label"
        assert tab.run("document.querySelector('#offers a').rel") == "noopener noreferrer"
        tab.run("navigator.clipboard.writeText = async text => { window.copied = text; }")
        tab.run("document.getElementById('terminal').querySelector('textarea').focus()")
        tab.ask("copy")
        until(lambda: tab.run("window.copied"))
        assert tab.run("window.copied") == "a quote – kept"
        tab.run("navigator.clipboard.writeText = async () => { throw new Error(); }")
        tab.ask("copy")
        until(lambda: tab.shows("#offers textarea"))
        assert tab.run("document.querySelector('#offers textarea').value") == "a quote – kept"
    assert (tmp_path / "visit.md").read_text("utf-8") == "Kept: “one”\n"
    assert tab.hosts() == {"127.0.0.1"}


def test_the_keyboard_reaches_everything_and_comes_back(tab: Tab) -> None:
    focus = "document.activeElement.id || document.activeElement.className"
    with served() as at:
        tab.open(address(at))
        tab.wait_for("ready")
        assert tab.run(focus) == "xterm-helper-textarea"
        tab.press("F6", 117)
        assert tab.run(focus) == "smaller"
        tab.press("Tab", 9)
        assert tab.run(focus) == "larger"
        tab.press("Tab", 9, SHIFT)
        assert tab.run(focus) == "smaller"
        tab.press("F6", 117)
        assert tab.run(focus) == "xterm-helper-textarea"


def test_keys_that_the_browser_has_a_use_for_go_to_the_chat_and_pasting_to_the_browser(tab: Tab) -> None:
    listen = """window.taken = {}; window.addEventListener(
        "keydown", event => setTimeout(() => { window.taken[event.key] = event.defaultPrevented; }), true)"""
    with served() as at:
        tab.open(address(at))
        tab.wait_for("ready")
        tab.press("Enter", 13, SHIFT)
        tab.wait_for("a new line")
        tab.run(listen)
        for key, code, held in (
            ("F1", 112, 0),
            ("F3", 114, 0),
            ("F5", 116, 0),
            ("p", 80, CONTROL),
            ("v", 86, CONTROL),
        ):
            tab.press(key, code, held)
        until(lambda: tab.run("Object.keys(window.taken).length") == 5)
        assert tab.run("window.taken") == {"F1": True, "F3": True, "F5": True, "p": True, "v": False}


def test_a_long_paste_goes_out_in_pieces_and_arrives_whole(tab: Tab) -> None:
    paste = """const data = new DataTransfer(); data.setData("text/plain", "0123456789é".repeat(2000));
        document.querySelector(".xterm-helper-textarea").dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true }))"""
    with served() as at:
        tab.open(address(at))
        tab.wait_for("ready")
        tab.run(paste)
        tab.enter()
        tab.wait_for("heard 22000 characters")


def test_text_grows_and_a_screen_reader_gets_the_lines(tab: Tab) -> None:
    columns = "Math.round(document.querySelector('.xterm-rows').clientWidth)"
    with served() as at:
        tab.open(address(at))
        tab.wait_for("ready")
        tab.run("document.getElementById('larger').click()")
        tab.run("document.getElementById('reader').click()")
        assert tab.run("document.getElementById('reader').ariaPressed") == "true"
        until(lambda: "ready" in str(tab.run("document.querySelector('.xterm-accessibility')?.textContent")))
        assert int(tab.run(columns)) > 0


def test_on_a_phone_there_are_keys_to_touch_and_room_for_a_line(tab: Tab) -> None:
    with served() as at:
        tab.resize(390, 844, phone=True)
        tab.open(address(at))
        tab.wait_for("ready")
        assert tab.shows("#keys")
        tab.ask("size")
        tab.wait_for(" by ")
        columns = int(tab.text().rpartition(" by ")[0].split()[-1])
        assert 45 <= columns <= 60
        assert tab.run("document.documentElement.scrollWidth") <= 390
        assert min(tab.run("[...document.querySelectorAll('#keys button')].map(e => e.offsetHeight)")) >= 44
