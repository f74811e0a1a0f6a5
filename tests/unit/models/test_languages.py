"""The languages a model was trained for: as its card names them, and what a library makes of them."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa_desktop.indexing.cut import encoder_text
from qa_desktop.indexing.store import Store
from qa_desktop.library import Library
from qa_desktop.models import load_encoder, registry
from qa_desktop.models.candidate import languages_of
from qa_desktop.models.encoder import Encoder
from qa_desktop.searching.trust import Trust, trust_in


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
    assert registry.default_encoder().languages == ("en",)
    assert registry.default_cross_encoder().languages == ("en",)


def test_a_library_may_have_an_encoder_of_many_languages(tmp_path: Path, encoder: Encoder) -> None:
    home = registry.user_folder() / "many"
    shutil.copytree(encoder.spec.folder, home)
    many = replace(
        encoder.spec, name="many", folder=home, languages=("all",), passage_prefix="passage: ", default=False
    )
    registry.register(many)
    assert registry.find("many").languages == ("all",)
    (tmp_path / "note.txt").write_text("Die Brücke über den Ibar wurde im Jahr 2011 gesperrt.\n", "utf-8")
    with Library.open(tmp_path / "library", create=True, encoder="many") as library:
        library.add([tmp_path / "note.txt"])
        assert library.identity.encoder == "many"
    store = Store.open(tmp_path / "library", read_only=True)
    [entry] = store.entries()
    [(passage, vector)] = store.passages_with_vectors(entry.id)
    store.close()
    expected = encoder.encode_passages([f"passage: {encoder_text(entry, passage)}"])[0]
    assert np.abs(vector.astype(np.float32) - expected).max() < 1e-3
    used = load_encoder(registry.find("many"))
    assert trust_in(used.spec, None, "de") == Trust(1.0, 1.0)
    used.close()
