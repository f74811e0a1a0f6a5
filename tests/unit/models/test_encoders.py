"""What holds for every encoder, whichever library runs it, and that the two libraries agree."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_desktop.models.encoder import Encoder
from qa_desktop.models.onnx import OnnxEncoder
from qa_desktop.models.samples import PASSAGES, QUESTIONS
from qa_desktop.progress import Cancelled, CancelToken, Progress


class EncoderContract:
    """Inherited once per implementation and model."""

    @pytest.fixture
    def encoder(self) -> Encoder:
        raise NotImplementedError

    def test_vectors_have_unit_length_and_the_dimension_the_spec_names(self, encoder: Encoder) -> None:
        vectors = encoder.encode_passages(PASSAGES)
        assert vectors.shape == (len(PASSAGES), encoder.spec.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_vectors_come_in_the_order_of_the_texts(self, encoder: Encoder) -> None:
        vectors = encoder.encode_passages(PASSAGES[:12])
        np.testing.assert_array_equal(encoder.encode_passages(PASSAGES[:12][::-1]), vectors[::-1])

    def test_a_vector_does_not_depend_on_the_texts_beside_it(self, encoder: Encoder) -> None:
        together = encoder.encode_passages(PASSAGES[-6:])
        for text, vector in zip(PASSAGES[-6:], together, strict=True):
            np.testing.assert_array_equal(encoder.encode_passages([text])[0], vector)

    def test_no_texts_give_no_vectors(self, encoder: Encoder) -> None:
        assert encoder.encode_passages([]).shape == (0, encoder.dimension)

    def test_a_question_finds_the_passage_that_answers_it(self, encoder: Encoder) -> None:
        english = 14
        passages = encoder.encode_passages(PASSAGES[:english])
        questions = np.stack([encoder.encode_question(question) for question in QUESTIONS[:english]])
        assert questions.dtype == np.float32
        assert (questions @ passages.T).argmax(axis=1).tolist() == list(range(english))

    def test_what_lies_beyond_the_window_is_not_seen(self, encoder: Encoder) -> None:
        long = "river " * (encoder.max_tokens - 2 - encoder.count_tokens(encoder.spec.passage_prefix))
        vectors = encoder.encode_passages([long, long + "parliament", long[: -len("river ")] + "parliament"])
        np.testing.assert_array_equal(vectors[0], vectors[1])
        assert not np.array_equal(vectors[0], vectors[2])

    def test_pieces_stand_for_the_words_of_the_text(self, encoder: Encoder) -> None:
        text = "When did the river rise?"
        asked = encoder.read_question(text)
        np.testing.assert_array_equal(asked.vector, encoder.encode_question(text))
        np.testing.assert_array_equal(encoder.encode_questions(["Who?", text])[1], asked.vector)
        assert [text[a:b].lower() for a, b in asked.spans] == ["when", "did", "the", "river", "rise", "?"]
        np.testing.assert_allclose(np.linalg.norm(asked.states, axis=1), 1, atol=1e-5)
        read = encoder.read_passages(PASSAGES[:3])
        np.testing.assert_array_equal(read.vectors, encoder.encode_passages(PASSAGES[:3]))
        for passage, signs in zip(PASSAGES, read.signs, strict=False):
            assert signs.shape == (encoder.count_tokens(passage), asked.states.shape[1] // 8)

    def test_word_pieces_are_counted_without_special_ones_and_without_a_limit(self, encoder: Encoder) -> None:
        assert encoder.count_tokens("") == 0
        assert encoder.count_tokens("the river") == 2
        assert encoder.count_tokens("river " * 3000) == 3000

    def test_progress_reaches_the_number_of_texts(self, encoder: Encoder) -> None:
        seen: list[Progress] = []
        encoder.encode_passages(PASSAGES[:10], seen.append)
        done = [step.done for step in seen]
        assert done == sorted(done)
        assert (done[-1], seen[-1].total) == (10, 10)

    def test_it_stops_when_asked_to_and_works_again_afterwards(self, encoder: Encoder) -> None:
        token = CancelToken()
        seen: list[Progress] = []

        def stop(step: Progress) -> None:
            seen.append(step)
            token.cancel()

        with pytest.raises(Cancelled):
            encoder.encode_passages(PASSAGES[:36], stop, token)
        assert seen[-1].done < 36
        assert len(encoder.encode_passages(PASSAGES[:2])) == 2


class TestShipped(EncoderContract):
    @pytest.fixture
    def encoder(self, shipped_encoder: Encoder) -> Encoder:
        return shipped_encoder


class TestShippedOnSentenceTransformers(EncoderContract):
    @pytest.fixture
    def encoder(self, shipped_reference: Encoder) -> Encoder:
        return shipped_reference


class TestAdded(EncoderContract):
    @pytest.fixture
    def encoder(self, added_encoder: Encoder) -> Encoder:
        return added_encoder


class TestAddedOnSentenceTransformers(EncoderContract):
    @pytest.fixture
    def encoder(self, added_reference: Encoder) -> Encoder:
        return added_reference


ROUNDING = 1e-6  # components of unit vectors in float32


@pytest.mark.parametrize(
    ("ours", "reference"),
    [("shipped_encoder", "shipped_reference"), ("added_encoder", "added_reference")],
)
def test_both_implementations_agree_within_rounding(
    ours: str, reference: str, request: pytest.FixtureRequest
) -> None:
    one: Encoder = request.getfixturevalue(ours)
    other: Encoder = request.getfixturevalue(reference)
    np.testing.assert_allclose(
        one.encode_passages(PASSAGES), other.encode_passages(PASSAGES), rtol=0, atol=ROUNDING
    )
    for question in QUESTIONS:
        np.testing.assert_allclose(
            one.encode_question(question), other.encode_question(question), rtol=0, atol=ROUNDING
        )
        ours_read, theirs_read = one.read_question(question), other.read_question(question)
        assert ours_read.spans == theirs_read.spans
        np.testing.assert_allclose(ours_read.states, theirs_read.states, rtol=0, atol=1e-5)
    mine, reference_signs = one.read_passages(PASSAGES[:6]).signs, other.read_passages(PASSAGES[:6]).signs
    for a, b in zip(mine, reference_signs, strict=True):
        assert np.unpackbits(a ^ b).mean() < 1e-4  # a number that is nearly 0 may round to either side
    assert [one.count_tokens(text) for text in PASSAGES] == [other.count_tokens(text) for text in PASSAGES]


def test_questions_and_passages_carry_the_prefixes_of_the_model(shipped_encoder: OnnxEncoder) -> None:
    prefix = shipped_encoder.spec.question_prefix
    assert prefix == "Represent this sentence for searching relevant passages: "
    as_passage = shipped_encoder.encode_passages(["Who left?", prefix + "Who left?"])
    question = shipped_encoder.encode_question("Who left?")
    np.testing.assert_array_equal(question, as_passage[1])
    assert not np.allclose(question, as_passage[0], atol=1e-2)


def test_an_error_in_the_report_ends_the_work(shipped_encoder: OnnxEncoder) -> None:
    def broken(_: Progress) -> None:
        raise RuntimeError("the window is gone")

    with pytest.raises(RuntimeError, match=re.escape("the window is gone")):
        shipped_encoder.encode_passages(PASSAGES, broken)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_can_be_encoded(shipped_encoder: OnnxEncoder, texts: list[str]) -> None:
    vectors = shipped_encoder.encode_passages(texts)
    assert vectors.shape == (len(texts), 384)
    assert np.isfinite(vectors).all()
