"""Adding a sentence-transformers model: what is taken in, what is refused and in which words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from qa_desktop.errors import ModelRefused, ModelUnknown, PathNotFound
from qa_desktop.models import load_cross_encoder, load_encoder, prove, registry
from qa_desktop.models import workshop as workshop_module
from qa_desktop.models.add import add_model, remove_model
from qa_desktop.models.candidate import examine
from qa_desktop.models.encoder import Vectors
from qa_desktop.models.reference import SentenceTransformersCrossEncoder, SentenceTransformersEncoder
from qa_desktop.models.samples import PASSAGES, QUESTIONS
from qa_desktop.models.spec import ModelSpec
from qa_desktop.models.workshop import Workshop, WorkshopError
from qa_desktop.progress import Cancelled, CancelToken, Progress
from tests.unit.models import tiny


def test_a_published_model_is_taken_in_small_and_sound(added: ModelSpec, steps: list[Progress]) -> None:
    assert (added.role, added.pooling, added.dimension, added.max_tokens) == ("encoder", "mean", 384, 256)
    assert added.licence == "apache-2.0"
    assert added.precision == "int8"
    assert added.graph_path.stat().st_size < 25_000_000
    registry.verify(added)
    assert [step.stage for step in steps] == ["load", "export", "compare", "shrink", "write"]
    assert [path.name for path in added.folder.parent.iterdir() if path.name.startswith(".")] == []


def test_an_encoder_of_another_architecture_with_prompts(
    workshop: Workshop, real_model: Path, tmp_path: Path
) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    spec = add_model(folder, workshop=workshop)
    assert (spec.name, spec.role, spec.pooling, spec.dimension) == ("tiny", "encoder", "cls", tiny.WIDTH)
    assert (spec.question_prefix, spec.passage_prefix) == ("question: ", "passage: ")
    assert (spec.max_tokens, spec.licence) == (48, "mit")
    ours, theirs = load_encoder(registry.find("tiny")), SentenceTransformersEncoder(spec, workshop)
    np.testing.assert_allclose(
        ours.encode_passages(PASSAGES), theirs.encode_passages(PASSAGES), rtol=0, atol=1e-6
    )
    np.testing.assert_allclose(
        ours.encode_question(QUESTIONS[0]), theirs.encode_question(QUESTIONS[0]), rtol=0, atol=1e-6
    )


def test_a_cross_encoder(workshop: Workshop, real_model: Path, tmp_path: Path) -> None:
    spec = add_model(tiny.cross_encoder(real_model, tmp_path / "a cross"), workshop=workshop)
    assert (spec.name, spec.role, spec.dimension, spec.max_tokens) == (
        "a-cross",
        "cross-encoder",
        1,
        tiny.WINDOW,
    )
    ours, theirs = (
        load_cross_encoder(registry.find("a-cross")),
        SentenceTransformersCrossEncoder(spec, workshop),
    )
    for question in QUESTIONS[:3]:
        np.testing.assert_allclose(
            ours.score(question, PASSAGES), theirs.score(question, PASSAGES), rtol=0, atol=1e-5
        )


def test_a_name_is_given_once(real_model: Path) -> None:
    with pytest.raises(ModelRefused, match="already"):
        add_model(real_model, name=registry.default_encoder().name)


def test_cancelling_ends_the_process_and_leaves_nothing(real_model: Path) -> None:
    token = CancelToken()

    def stop(_: Progress) -> None:
        token.cancel()

    with pytest.raises(Cancelled):
        add_model(real_model, stop, token)
    assert list(registry.user_folder().iterdir()) == []


def test_an_added_model_can_be_removed_and_a_shipped_one_cannot(
    workshop: Workshop, real_model: Path, tmp_path: Path
) -> None:
    spec = add_model(tiny.encoder(real_model, tmp_path / "tiny"), workshop=workshop)
    remove_model("tiny")
    assert not spec.folder.exists()
    with pytest.raises(ModelUnknown):
        registry.find("tiny")
    with pytest.raises(ModelRefused):
        remove_model(registry.default_encoder().name)


@pytest.mark.parametrize("weights", [b"", b"\x08\0\0\0\0\0\0\0{}      ", b"not what it says"])
def test_weights_that_are_missing_or_damaged_are_refused(
    weights: bytes, workshop: Workshop, real_model: Path, tmp_path: Path
) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    (folder / "0_Transformer/model.safetensors").write_bytes(weights)
    with pytest.raises(WorkshopError):
        add_model(folder, workshop=workshop)
    assert list(registry.user_folder().iterdir()) == []


def test_without_sentence_transformers_the_extra_is_named(
    real_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop_module, "NEEDED", ("no_such_library",))
    with pytest.raises(ModelRefused, match=r"qa-desktop\[models\]") as caught:
        add_model(real_model)
    assert "no_such_library" in caught.value.details


# ------------------------------------------------------------------- refused before anything heavy starts


def change(path: Path, **values: object) -> None:
    content = json.loads(path.read_text())
    content.update(values)
    path.write_text(json.dumps(content))


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound):
        add_model(tmp_path / "nowhere")


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match=r"config\.json"):
        add_model(tmp_path)


def test_a_configuration_that_is_not_json(real_model: Path, tmp_path: Path) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    (folder / "modules.json").write_text("[")
    with pytest.raises(ModelRefused, match=r"modules\.json"):
        examine(folder)


def test_weights_that_could_carry_code(real_model: Path, tmp_path: Path) -> None:
    inner = tiny.encoder(real_model, tmp_path / "tiny") / "0_Transformer"
    (inner / "model.safetensors").rename(inner / "pytorch_model.bin")
    with pytest.raises(ModelRefused, match="pickle"):
        examine(tmp_path / "tiny")
    (inner / "pytorch_model.bin").unlink()
    with pytest.raises(ModelRefused, match="no weights"):
        examine(tmp_path / "tiny")


def test_a_model_that_brings_code(real_model: Path, tmp_path: Path) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    change(folder / "0_Transformer/config.json", auto_map={"AutoModel": "modeling.Own"})
    with pytest.raises(ModelRefused, match="code of its own"):
        examine(folder)


def test_a_step_after_the_pooling_that_is_not_known(real_model: Path, tmp_path: Path) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"})
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelRefused, match="Dense"):
        examine(folder)


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"pooling_mode_weightedmean_tokens": True}, "weightedmean"),
        ({"pooling_mode_cls_token": True, "pooling_mode_max_tokens": True}, "cls_token, max_tokens"),
        ({"pooling_mode": "weightedmean"}, "weightedmean"),
        ({}, "none named"),
        ({"pooling_mode": "mean", "include_prompt": False}, "prompt"),
    ],
)
def test_a_pooling_that_is_not_known(
    config: dict[str, object], word: str, real_model: Path, tmp_path: Path
) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    (folder / "1_Pooling/config.json").write_text(json.dumps(config))
    with pytest.raises(ModelRefused, match=word):
        examine(folder)


@pytest.mark.parametrize(("form", "expected"), [("mean", "mean"), ("cls", "cls"), (["max"], "max")])
def test_the_newer_form_of_the_pooling_is_read(
    form: object, expected: str, real_model: Path, tmp_path: Path
) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    (folder / "1_Pooling/config.json").write_text(json.dumps({"pooling_mode": form}))
    assert examine(folder).pooling == expected


def test_a_classifier_with_several_labels(real_model: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="exactly one number"):
        examine(tiny.cross_encoder(real_model, tmp_path / "three", labels=3))


def test_a_sparse_encoder(real_model: Path, tmp_path: Path) -> None:
    folder = tiny.encoder(real_model, tmp_path / "tiny")
    change(folder / "config_sentence_transformers.json", model_type="SparseEncoder")
    with pytest.raises(ModelRefused, match="SparseEncoder"):
        examine(folder)


def test_a_bare_transformer(real_model: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelRefused, match="bare transformer"):
        examine(tiny.encoder(real_model, tmp_path / "tiny") / "0_Transformer")


# ------------------------------------------------------------------------------------------- the judgement


def scores(noise: float) -> tuple[Vectors, Vectors]:
    dice = np.random.default_rng(1)
    original = dice.normal(0, 1, (20, 40)).astype(np.float32)
    original[np.arange(20), np.arange(20)] += 3
    return original, original + dice.normal(0, noise, original.shape).astype(np.float32)


def test_rounding_is_forgiven_and_coarseness_is_not() -> None:
    assert prove.quality(*scores(0.0)).sufficient
    assert prove.quality(*scores(0.05)).sufficient
    assert not prove.quality(*scores(0.3)).sufficient


def test_losing_the_answers_is_noticed_even_if_the_rest_keeps_its_order() -> None:
    original, smaller = scores(0.0)
    smaller[0, 0] = smaller[1, 1] = -5
    assert prove.quality(original, smaller).rank_lost > 0.03


def test_a_model_that_tells_nothing_apart_does_not_pass_for_a_good_one() -> None:
    flat = np.zeros((3, 5), np.float32)
    assert not prove.quality(flat, flat).sufficient


def test_a_missing_number_is_an_infinite_difference() -> None:
    assert prove.difference(np.zeros(2, np.float32), np.array([0, np.nan], np.float32)) == float("inf")
    assert prove.difference(np.zeros(0, np.float32), np.zeros(0, np.float32)) == 0
