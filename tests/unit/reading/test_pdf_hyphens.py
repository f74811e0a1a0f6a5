"""Hyphens at line ends: the document's own words decide first."""

from __future__ import annotations

import pytest

from qa_desktop.reading.pdf.hyphens import Hyphens

ENGLISH = [
    "The interpreter of the gate wrote of the type-checking and of the keeper of the gate and the keeper"
]


@pytest.mark.parametrize(
    ("before", "after", "divides"),
    [
        ("the inter", "preter said", True),  # the document writes "interpreter"
        ("the type", "checking of", False),  # and "type-checking"
        ("an agree", "ment was", True),  # neither: most hyphens divide
        ("Serbia and the Anglo", "American plan", False),
        ("in 2010", "2012", False),
        ("https://example.org/a", "b/c", False),
        ("a UN", "led mission", False),
        ("the state-of-the", "art design", False),
        ("a self", "evident truth", False),
        ("the EU", "brokered talks", False),
        ("an e", "mail", False),
        ("a gate", "keeper", False),  # two words of the document, in a language that writes them apart
        ("KO", "SOVO", True),
    ],
)
def test_decisions(before: str, after: str, divides: bool) -> None:
    assert Hyphens(ENGLISH).divides(before, after) is divides


def test_compounds_are_one_word_where_the_language_glues_them() -> None:
    german = Hyphens(["Die Gruppe der Arbeit und die Arbeit der Gruppe"])
    assert german.divides("die Arbeits", "gruppe")
    assert german.divides("die Arbeit", "gruppe")
