"""Messages that tell how someone feels and ask for nothing."""

from __future__ import annotations

import re

_TOLD = re.compile(
    r"\b(?:i|we|me|am|i['’]m|im|we['’]re)\b[^.!?]{0,40}?\b(?:scared|afraid|frightened|terrified|alone|lonely|sad|"
    r"anxious|overwhelmed|hopeless|helpless|angry|ashamed|guilty|heartbroken|depressed|despairing|devastated|"
    r"miserable|cry|crying|cried|in tears)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\?|^\W*(?:what|how|why|when|where|which|who|is|are|can|could|does|do|should|will)\b", re.IGNORECASE
)


def tells_a_feeling(text: str) -> bool:
    """Return whether ``text`` tells of fear, grief, anger or loneliness of one's own, without a question."""
    return bool(_TOLD.search(text)) and not _ASKED.search(text)
