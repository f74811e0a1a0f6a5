"""Words are found in the stored text of a document."""

from __future__ import annotations

import pytest

from qa_desktop.domain import Page
from qa_desktop.gui.source_place import find_all


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("President Vučić said", "vucic", ["Vučić"]),
        ("with-\u0002\ndrawal of troops", "with-drawal", ["with-\u0002\ndrawal"]),
        ("the KFOR\n  Mission", "kfor mission", ["KFOR\n  Mission"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("nothing", "  ", []),
        ("İstanbul istanbul", "istanbul", ["İstanbul", "istanbul"]),
    ],
)
def test_finding_passes_over_case_accents_and_line_ends(text: str, words: str, found: list[str]) -> None:
    runs = find_all((Page(1, "first\n"), Page(2, text + "\n")), words)
    assert [text[run.start : run.end] for run in runs] == found
    assert {run.page for run in runs} <= {2}
