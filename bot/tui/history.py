"""What was sent before, to be called back into the prompt."""

from __future__ import annotations


class History:
    """The texts sent so far, oldest first, and what was being typed when they were called back."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._at = 0
        self._draft = ""

    def add(self, text: str) -> None:
        """Keep a text that was sent; the same one twice in a row is kept once."""
        if not self._sent or self._sent[-1] != text:
            self._sent.append(text)
        self._at = len(self._sent)

    def replace(self, texts: tuple[str, ...]) -> None:
        """Begin with what was sent in another conversation."""
        self._sent = list(texts)
        self._at = len(self._sent)

    def step(self, by: int, text: str) -> str | None:
        """Return the text ``by`` places from the one shown; None at either end.

        ``text`` is what the prompt holds: an unsent draft, also one made from an older text, waits behind
        the newest.
        """
        to = self._at + by
        if not 0 <= to <= len(self._sent):
            return None
        if self._at == len(self._sent) or text != self._sent[self._at]:
            self._draft = text
        self._at = to
        return self._draft if to == len(self._sent) else self._sent[to]
