"""The languages a model was trained for: as its card names them, or as its vocabulary betrays."""

from __future__ import annotations

import pytest

from qa_desktop.models import registry
from qa_desktop.models.candidate import languages_of


@pytest.mark.parametrize(
    ("card", "vocabulary", "languages"),
    [
        ("", 30_522, ("en",)),
        ("", 250_002, ("all",)),
        ("license: mit\nlanguage: en\n", 250_002, ("en",)),
        ("language:\n- de\n- en\nlicense: mit\n", 30_522, ("de", "en")),
        ("language: [sr, 'hr']\n", 30_522, ("sr", "hr")),
        ("language:\n  - multilingual\n  - af\n", 30_522, ("all",)),
    ],
)
def test_a_card_names_the_languages(card: str, vocabulary: int, languages: tuple[str, ...]) -> None:
    assert languages_of(card, {"vocab_size": vocabulary}) == languages


def test_the_shipped_models_read_english() -> None:
    for role in ("encoder", "cross-encoder", "late-interaction"):
        assert registry.default_of(role).languages == ("en",)
