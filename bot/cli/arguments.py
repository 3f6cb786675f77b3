"""Options that several commands have, each worded once."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
WithCases = Annotated[
    bool, typer.Option("--cases/--no-cases", help="Whether evaluation cases are looked at too.")
]
