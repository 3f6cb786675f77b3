"""The line at the bottom that names the keys which do something now."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # what a footer is made of has no public name

_HELP = frozenset({"help", "app.help"})


class KeyLine(Footer):
    """As many keys as there is room for, none of them cut; the help, which has them all, always."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Lay out the keys in their order, up to the first that there is no room for."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        room = self.size.width - sum(_columns(key) for key in keys if key.action in _HELP)
        for key in keys:
            room -= 0 if key.action in _HELP else _columns(key)
            if room >= 0 or key.action in _HELP:
                yield key

    def on_resize(self) -> None:
        """Choose anew what there is room for."""
        self.call_after_refresh(self.recompose)


def _columns(key: FooterKey) -> int:
    """Return how many columns a key takes, with the spaces around it and after its word."""
    return cell_len(f" {key.key_display} {key.description} ")
