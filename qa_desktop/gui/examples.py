"""Questions to start with, taken from those that the demonstration documents are known to answer."""

from __future__ import annotations

import json
from pathlib import Path

_HOW_MANY = 3


def example_questions(path: Path) -> tuple[str, ...]:
    """Return three questions of a JSON Lines file that have an answer, each from another document.

    A file that is missing or unreadable brings none: examples are a courtesy, not a condition.
    """
    chosen: list[str] = []
    seen: set[str] = set()
    try:
        for line in path.read_text("utf-8").splitlines():
            held = json.loads(line)
            evidence = {e["doc"] for e in held.get("evidence", ())}
            if held.get("answers") and evidence and not evidence & seen:
                chosen.append(str(held["question"]))
                seen |= evidence
            if len(chosen) == _HOW_MANY:
                break
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
    return tuple(chosen)
