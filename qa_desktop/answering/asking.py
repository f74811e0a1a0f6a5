"""A question as the models know questions: without what says nothing of what is asked."""

from __future__ import annotations

import re

_ORDER = re.compile(
    r"^\s*(?:please\s+)?(?:name|list|enumerate)\s+(?:all\s+)?(?=the\b|its\b|their\b)", re.IGNORECASE
)
_ALL_SOURCES = (
    r"(?:according\s+to|going\s+by|based\s+on|laut|gemäß)\s+"
    r"(?:the|these|my|our|all|all\s+the|den|diesen|meinen)\s+(?:(?:whole|entire|given|available)\s+)?"
    r"(?:collections?|corpus|documents|files|library|material|sources|texts|dokumenten|quellen|texten)"
)
"""Words that name no source but all of them, from which every question is answered."""

_FIRST = re.compile(rf"^\s*{_ALL_SOURCES}\s*,?\s+(?=\w)", re.IGNORECASE)
_LAST = re.compile(rf",?\s+{_ALL_SOURCES}(?=\s*[?.!]*\s*$)", re.IGNORECASE)


def as_question(text: str) -> str:
    """Return `text` as a question where it orders a list, and without a mention of all documents."""
    plain = _LAST.sub("", _FIRST.sub("", text, count=1), count=1)
    if plain != text and plain[:1].islower():
        plain = plain[:1].upper() + plain[1:]
    return _ORDER.sub("What are ", plain, count=1)
