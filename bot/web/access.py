"""Who may come in: pure functions over what a request says of itself."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

_Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Door:
    """What a request must know and say to be let in."""

    token: str
    """The secret first part of every path."""
    names: frozenset[str] = frozenset()
    """Host names, in lower case, that a proxy in front forwards."""

    def room(self, path: str) -> str | None:
        """Return what a path asks for behind the token; None without the right token.

        The time this takes does not depend on how much of the token is right.
        """
        given, _, room = path.partition("?")[0].removeprefix("/").partition("/")
        right = hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())
        return room if right else None

    def is_our_host(self, host: str | None, address: str, port: int) -> bool:
        """Return whether a Host header names this server, reached at ``address`` and ``port``.

        A foreign name that a page lets point here (DNS rebinding) is refused: only an address itself,
        localhost and the names we were told of will do.
        """
        if host is None:
            return False
        name, given_port = _split(host.lower())
        if name in self.names:
            return True
        here = _ip(address)
        if here is None or given_port != port:
            return False
        return here.is_loopback if name == "localhost" else _ip(name) == here


def new_token() -> str:
    """Return a token that nobody can guess: 32 random bytes as text that fits a URL."""
    return secrets.token_urlsafe(32)


def is_same_origin(origin: str | None, host: str | None) -> bool:
    """Return whether an Origin header names the server that the Host header names."""
    if origin is None or host is None:
        return False
    scheme, separator, place = origin.lower().partition("://")
    return bool(separator) and scheme in {"http", "https"} and place == host.lower()


def is_loopback(host: str) -> bool:
    """Return whether only programs on this machine can reach a server that listens on ``host``."""
    if host.lower() == "localhost":
        return True
    address = _ip(host)
    return address is not None and address.is_loopback


def is_unspecified(host: str) -> bool:
    """Return whether ``host`` stands for every address of this machine, and so for none to open."""
    address = _ip(host)
    return address is not None and address.is_unspecified


def _split(host: str) -> tuple[str, int]:
    """Return name and port of a Host header; 80 where it names none, -1 where that is no number."""
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        name, _, port = host.partition(":")
    if not port:
        return name, 80
    return name, int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else -1


def _ip(text: str) -> _Address | None:
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
