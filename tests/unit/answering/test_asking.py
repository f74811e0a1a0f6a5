"""Models are asked what is asked, not where the answer is to be looked for."""

from __future__ import annotations

import pytest

from qa_desktop.answering.asking import as_question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Which offices has he held according to the collection?", "Which offices has he held?"),
        ("According to the documents, which offices has he held?", "Which offices has he held?"),
        ("Wie viele waren es laut den Dokumenten?", "Wie viele waren es?"),
        ("List the members of the Troika", "What are the members of the Troika"),
        ("Who won according to the report?", "Who won according to the report?"),
        ("What are the sources according to the library of Belgrade?",) * 2,
        ("when did it close", "when did it close"),
        ("", ""),
    ],
)
def test_a_mention_of_all_documents_says_nothing_of_what_is_asked(typed: str, asked: str) -> None:
    assert as_question(typed) == asked
