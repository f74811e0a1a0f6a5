"""The head goes on where the cross-encoder was in its middle: nothing else changes, and near misses show."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa_desktop.errors import ModelAltered, ModelMissing, ModelUnusable
from qa_desktop.models import load_cross_encoder, registry
from qa_desktop.models.encoder import CrossEncoder
from qa_desktop.models.onnx import OnnxCrossEncoder

QUESTION = "When did Russia leave KFOR?"
TEXT = "The Russian contingent left the mission in July 2003."
SPEC = registry.default_cross_encoder()


@pytest.fixture(scope="module")
def headed() -> Iterator[CrossEncoder]:
    model = load_cross_encoder(SPEC)
    yield model
    model.close()


def test_the_score_is_the_same_with_and_without_a_head(headed: CrossEncoder) -> None:
    plain = load_cross_encoder(replace(SPEC, inner="", head="", head_sha256=""))
    assert headed.score(QUESTION, [TEXT]) == plain.score(QUESTION, [TEXT])
    assert plain.answers(QUESTION, [TEXT]).size == 0
    plain.close()


@pytest.mark.parametrize(
    ("question", "answers", "near_miss"),
    [
        (
            "How many soldiers did Russia send to Kosovo?",
            "Moscow sent 3,600 soldiers to Kosovo, of whom most served in the east.",
            "Moscow sent soldiers to Kosovo, of whom most served in the east.",
        ),
        (
            "Who mediated the talks between Kosovo and Serbia in Brussels?",
            "Catherine Ashton mediated the talks between Kosovo and Serbia in Brussels.",
            "The talks between Kosovo and Serbia in Brussels began in March 2011.",
        ),
        (
            "Why did Suriname withdraw its recognition of Kosovo?",
            "Suriname withdrew its recognition because it had been given too early, its minister said.",
            "Suriname withdrew its recognition of Kosovo on 27 October 2017.",
        ),
    ],
)
def test_a_near_miss_is_relevant_and_answers_nothing(
    headed: CrossEncoder, question: str, answers: str, near_miss: str
) -> None:
    does, misses = headed.answers(question, [answers, near_miss])
    assert does > 0 > misses
    assert headed.score(question, [near_miss])[0] > 0


def test_what_was_scored_before_and_what_was_not_are_heard_alike(headed: CrossEncoder) -> None:
    fresh = OnnxCrossEncoder(SPEC)
    headed.score(QUESTION, [TEXT])
    texts = [TEXT, "The weather was fine."]
    np.testing.assert_array_equal(headed.answers(QUESTION, texts), fresh.answers(QUESTION, texts))
    many = [f"In {year} the mission had {year} soldiers." for year in range(1900, 1980)]
    alone = [fresh.answers(QUESTION, [text])[0] for text in many]
    np.testing.assert_array_equal(fresh.answers(QUESTION, many), alone)
    fresh.close()


def test_no_texts_are_no_answers(headed: CrossEncoder) -> None:
    assert headed.answers(QUESTION, []).shape == (0,)


def test_a_head_that_is_missing_or_altered_is_refused_by_name(tmp_path: Path) -> None:
    shutil.copytree(SPEC.folder, tmp_path / SPEC.name)
    moved = replace(SPEC, folder=tmp_path / SPEC.name)
    with pytest.raises(ModelMissing, match=SPEC.head):
        load_cross_encoder(moved)
    moved.head_path.write_bytes(b"something else")
    with pytest.raises(ModelAltered, match=SPEC.head):
        load_cross_encoder(moved)
    with pytest.raises(ModelUnusable):
        OnnxCrossEncoder(moved)
