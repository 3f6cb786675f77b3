"""From how many columns and lines on there is room for more."""

from __future__ import annotations

WIDTHS = [(0, "-narrow"), (100, "-wide")]
"""Columns from which the source stands beside the talk."""
HEIGHTS = [(0, "-short"), (32, "-tall")]
"""Lines from which there is room for the source below the talk."""
