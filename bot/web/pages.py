"""The pages and files that a browser gets, each with the headers that keep it to this machine."""

from __future__ import annotations

import json
import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from http import HTTPStatus
from importlib.resources import files
from string import Template

from websockets.datastructures import Headers
from websockets.http11 import Response

from bot.about import About
from bot.web.words import LOST, NO_ENTRY, NO_SCRIPT, NOT_SAVED, Ending, Words

FILES = frozenset(
    {
        "chat.css",
        "chat.js",
        "icon.svg",
        "page.js",
        "vendor/addon-fit.mjs",
        "vendor/addon-unicode11.mjs",
        "vendor/xterm.css",
        "vendor/xterm.mjs",
    }
)
"""The files that the page loads, below its own address."""

_TYPES = {".mjs": "text/javascript", ".js": "text/javascript"}
_NOWHERE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-read=()",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes the pages for a corpus."""

    about: About
    saved: bool = False
    """Whether sessions are kept, so that no page says otherwise."""

    def chat(self, root: str) -> Response:
        """Return the page of the chat, whose files are below the path ``root``."""
        nonce = secrets.token_urlsafe(16)
        endings = {e.code: [e.words.title, e.words.text, e.covers] for e in Ending}
        page = _filled(
            "chat.html",
            root=root,
            nonce=nonce,
            subtitle=self.about.subtitle,
            notice=self.about.notice,
            no_script_title=NO_SCRIPT.title,
            no_script_text=NO_SCRIPT.text,
            lost_title=LOST.title,
            lost_text=LOST.text,
            not_saved="" if self.saved else NOT_SAVED,
            endings=json.dumps(endings),
        )
        policy = (
            f"{_NOWHERE}; script-src 'self'; connect-src 'self'; img-src 'self'; "
            f"style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        return _page(HTTPStatus.OK, page, policy)

    def refused(self, status: HTTPStatus = HTTPStatus.FORBIDDEN, words: Words = NO_ENTRY) -> Response:
        """Return the page for whoever may not come in."""
        nonce = secrets.token_urlsafe(16)
        style = files("bot.web").joinpath("static", "words.css").read_text("utf-8")
        page = _filled(
            "words.html", nonce=nonce, title=words.title, text=words.text, notice=self.about.notice
        ).replace("/* style */", style)
        return _page(status, page, f"{_NOWHERE}; style-src 'nonce-{nonce}'")


@cache
def static_file(name: str) -> Response | None:
    """Return one of the files that the page loads, None for any other name."""
    if name not in FILES:
        return None
    body = files("bot.web").joinpath("static", *name.split("/")).read_bytes()
    suffix = name[name.rindex(".") :]
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _response(
        HTTPStatus.OK,
        body,
        {"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "private, max-age=3600"},
    )


def _filled(template: str, **values: str) -> str:
    """Return a template of ours with ``values`` in it, escaped."""
    text = files("bot.web").joinpath("static", template).read_text("utf-8")
    return Template(text).substitute({name: escape(value) for name, value in values.items()})


def _page(status: HTTPStatus, html: str, policy: str) -> Response:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy,
    }
    return _response(status, html.encode(), headers)


def _response(status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> Response:
    every = {**_HEADERS, **headers, "Content-Length": str(len(body))}
    return Response(status.value, status.phrase, Headers(every), body)
