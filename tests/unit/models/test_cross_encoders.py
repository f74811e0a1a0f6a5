"""The cross-encoder: what it prefers, what a deadline does, and that both implementations agree."""

from __future__ import annotations

import time

import numpy as np
import pytest

from qa_desktop.models import load_cross_encoder, registry
from qa_desktop.models.encoder import CrossEncoder
from qa_desktop.models.reference import SentenceTransformersCrossEncoder
from qa_desktop.models.samples import PASSAGES, QUESTIONS
from qa_desktop.models.workshop import Workshop


@pytest.fixture(scope="module")
def ours() -> CrossEncoder:
    return load_cross_encoder(registry.default_cross_encoder())


@pytest.fixture(scope="module")
def reference(workshop: Workshop) -> CrossEncoder:
    return SentenceTransformersCrossEncoder(registry.default_cross_encoder(), workshop)


@pytest.fixture(params=["ours", "reference"])
def cross(request: pytest.FixtureRequest) -> CrossEncoder:
    found: CrossEncoder = request.getfixturevalue(request.param)
    return found


def test_the_answering_passage_comes_first(cross: CrossEncoder) -> None:
    passages = PASSAGES[:14]
    best = [int(cross.score(question, passages).argmax()) for question in QUESTIONS[:5]]
    assert best == [0, 1, 2, 3, 4]


def test_no_texts_give_no_scores(cross: CrossEncoder) -> None:
    assert cross.score("Who left?", []).shape == (0,)


def test_a_deadline_that_has_passed_leaves_everything_unscored(cross: CrossEncoder) -> None:
    scores = cross.score(QUESTIONS[0], PASSAGES[:10], deadline=time.monotonic() - 1)
    assert scores.dtype == np.float32
    assert np.isnan(scores).all()


def test_a_deadline_cuts_off_the_least_important(cross: CrossEncoder) -> None:
    texts = list(PASSAGES[:36]) * 40
    started = time.monotonic()
    scored = ~np.isnan(cross.score(QUESTIONS[0], texts, deadline=started + 0.3))
    assert time.monotonic() - started < 3
    assert 0 < scored.sum() < len(texts)
    assert scored[: scored.sum()].all()


def test_a_deadline_far_off_changes_nothing(cross: CrossEncoder) -> None:
    scores = cross.score(QUESTIONS[0], PASSAGES[:4], deadline=time.monotonic() + 3600)
    np.testing.assert_array_equal(scores, cross.score(QUESTIONS[0], PASSAGES[:4]))


@pytest.mark.parametrize("question", [*QUESTIONS[:2], *QUESTIONS[-2:], PASSAGES[-1]])
def test_both_implementations_agree_within_rounding(
    ours: CrossEncoder, reference: CrossEncoder, question: str
) -> None:
    texts = [*PASSAGES[:3], *PASSAGES[-4:]]
    # Logits lie between -12 and 12: a few units in the last place of float32.
    np.testing.assert_allclose(
        ours.score(question, texts), reference.score(question, texts), rtol=0, atol=1e-5
    )
