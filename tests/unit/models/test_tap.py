"""A tap shows what goes on inside a model and changes nothing about what comes out of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qa_desktop.models import load_cross_encoder, registry

QUESTION = "When did Russia leave KFOR?"
TEXT = "The Russian contingent left the mission in July 2003."


def test_the_score_is_the_same_with_and_without_the_tap() -> None:
    spec = registry.default_cross_encoder()
    assert spec.inner
    tapped, plain = load_cross_encoder(spec), load_cross_encoder(replace(spec, inner=""))
    try:
        assert tapped.score(QUESTION, [TEXT]) == plain.score(QUESTION, [TEXT])
        assert plain.state(QUESTION, TEXT).size == 0
    finally:
        tapped.close()
        plain.close()


def test_the_state_depends_on_what_the_question_met() -> None:
    reader = load_cross_encoder(registry.default_cross_encoder())
    try:
        answering, beside = reader.state(QUESTION, TEXT), reader.state(QUESTION, "The weather was fine.")
        again = reader.state(QUESTION, TEXT)
    finally:
        reader.close()
    assert answering.shape == (384,)
    assert np.array_equal(answering, again)
    assert not np.allclose(answering, beside, atol=0.1)
