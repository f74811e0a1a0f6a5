"""Late interaction: what each word of a question finds in a passage."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from qa_desktop.models.encoder import EncodedText, Encoder, signs_of
from qa_desktop.searching.late import late_scores, weights_of

WIDTH = 16
states = arrays.arrays(
    np.float32, st.tuples(st.integers(1, 5), st.just(WIDTH)), elements=st.floats(-1, 1, width=32)
)


def question(pieces: np.ndarray) -> EncodedText:
    return EncodedText(np.zeros(4, np.float32), pieces, tuple((n, n + 1) for n in range(len(pieces))))


@given(states, st.lists(states, min_size=1, max_size=4))
def test_it_is_the_mean_over_pieces_of_the_nearest_signs(
    asked: np.ndarray, passages: list[np.ndarray]
) -> None:
    signs = {10 + n: signs_of(passage) for n, passage in enumerate(passages)}
    found = late_scores(question(asked), np.ones(len(asked), np.float32), list(signs), signs)
    plain = [
        np.mean([max(float(q @ np.where(row > 0, 1, -1)) for row in passage) for q in asked]) / WIDTH**0.5
        for passage in passages
    ]
    np.testing.assert_allclose(found, plain, atol=1e-5)


@given(states, st.integers(0, 2**32))
def test_a_passage_has_the_same_score_in_any_company(asked: np.ndarray, seed: int) -> None:
    random = np.random.default_rng(seed)
    signs = {n: signs_of(random.normal(size=(n + 1, WIDTH)).astype(np.float32)) for n in range(5)}
    weights = np.ones(len(asked), np.float32)
    together = late_scores(question(asked), weights, list(signs), signs)
    alone = [late_scores(question(asked), weights, [n], signs)[0] for n in signs]
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_passage_without_signs_has_no_score() -> None:
    asked = question(np.eye(2, WIDTH, dtype=np.float32))
    found = late_scores(asked, np.ones(2, np.float32), [1, 2], {2: signs_of(np.ones((1, WIDTH), np.float32))})
    assert np.isnan(found[0])
    assert np.isfinite(found[1])


def test_only_words_that_a_question_is_about_count(encoder: Encoder) -> None:
    text = "Who was the commander of KFOR?"
    asked = encoder.read_question(text)
    weights = weights_of(text, asked, "en")
    counted = {text[a:b] for (a, b), weight in zip(asked.spans, weights, strict=True) if weight}
    assert "commander" in counted
    assert not counted & {"Who", "was", "the", "of", "?"}
    only_small = "Who was he?"
    read = encoder.read_question(only_small)
    assert weights_of(only_small, read, "en").all()
