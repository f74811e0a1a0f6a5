"""A library is built for the window of its model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qa_desktop.indexing.recipe import Recipe
from qa_desktop.library.identity import new_identity, read_identity, recipe_for
from qa_desktop.models import registry


def test_the_shipped_model_takes_the_usual_recipe() -> None:
    assert recipe_for(registry.default_encoder()) == Recipe()


@pytest.mark.parametrize("window", [128, 256, 384, 512, 8192])
def test_no_passage_exceeds_a_models_window(window: int) -> None:
    recipe = recipe_for(replace(registry.default_encoder(), max_tokens=window))
    assert recipe.prefix + max(recipe.most, recipe.sentence) < window
    assert 0 < recipe.tail < recipe.least <= recipe.most <= recipe.sentence
    assert recipe.overlap < recipe.most


def test_an_identity_comes_back_as_it_was_stored() -> None:
    made = new_identity(registry.default_encoder())
    assert read_identity(made.as_meta(), Path()) == made
