"""A model that is not what it should be is refused by name, whoever altered it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qa_desktop.errors import ModelAltered, ModelListInvalid, ModelMissing, ModelUnknown, UsageError
from qa_desktop.models import load_cross_encoder, load_encoder, registry
from qa_desktop.models.spec import ModelSpec


@pytest.fixture
def copied(tmp_path: Path) -> ModelSpec:
    """The shipped encoder in a folder that a test may spoil."""
    spec = registry.default_encoder()
    folder = tmp_path / spec.name
    shutil.copytree(spec.folder, folder)
    return replace(spec, folder=folder)


def test_the_shipped_models_are_what_the_lock_says() -> None:
    shipped = registry.installed()
    assert {spec.role for spec in shipped} == {"encoder", "cross-encoder", "text-finder", "text-reader"}
    for spec in shipped:
        registry.verify(spec)
        lying_there = {p.relative_to(spec.folder).as_posix() for p in spec.folder.rglob("*") if p.is_file()}
        assert lying_there == set(spec.files), "every file of a model is named in the lock"
        assert len(spec.model_sha256) == 64


def test_the_defaults_are_sentence_transformers_models_with_their_makers_numbers() -> None:
    encoder, cross = registry.default_encoder(), registry.default_cross_encoder()
    assert (encoder.name, encoder.dimension, encoder.max_tokens) == ("bge-small-en-v1.5", 384, 512)
    assert (encoder.pooling, encoder.licence, encoder.passage_prefix) == ("cls", "MIT", "")
    assert (cross.name, cross.licence) == ("ms-marco-MiniLM-L-12-v2", "Apache-2.0")


@pytest.mark.parametrize("name", ["onnx/model.onnx", "tokenizer.json", "1_Pooling/config.json"])
def test_a_missing_file_is_named(copied: ModelSpec, name: str) -> None:
    (copied.folder / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        load_encoder(copied)
    assert name in caught.value.explanation.replace("\\", "/")
    assert copied.name in caught.value.title


def test_an_empty_file_is_named(copied: ModelSpec) -> None:
    copied.graph_path.write_bytes(b"")
    with pytest.raises(ModelMissing, match=r"model\.onnx"):
        load_encoder(copied)


def test_one_changed_byte_is_enough_to_be_refused(copied: ModelSpec) -> None:
    with copied.graph_path.open("r+b") as file:
        file.seek(20_000_000)
        byte = file.read(1)
        file.seek(20_000_000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(ModelAltered, match=r"model\.onnx") as caught:
        load_encoder(copied)
    assert copied.model_sha256 in caught.value.details


def test_a_file_cut_short_is_refused(copied: ModelSpec) -> None:
    tokenizer = copied.folder / "tokenizer.json"
    tokenizer.write_bytes(tokenizer.read_bytes()[:1000])
    with pytest.raises(ModelAltered, match=r"tokenizer\.json"):
        load_encoder(copied)


def test_a_folder_that_is_not_there_is_a_missing_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        load_encoder(replace(registry.default_encoder(), folder=tmp_path / "nowhere"))


def test_models_are_not_taken_for_what_they_are_not() -> None:
    with pytest.raises(UsageError):
        load_encoder(registry.default_cross_encoder())
    with pytest.raises(UsageError):
        load_cross_encoder(registry.default_encoder())


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ModelUnknown, match=r"bge-small-en-v1\.5"):
        registry.find("no-such-model")


def test_a_model_can_be_entered_found_and_taken_out_again(copied: ModelSpec) -> None:
    mine = replace(copied, name="mine", folder=registry.user_folder() / "mine", default=False, package="")
    registry.register(mine)
    registry.register(replace(mine, name="other", folder=registry.user_folder() / "other"))
    registry.register(replace(mine, max_tokens=128))
    assert [spec.name for spec in registry.installed()][-2:] == ["other", "mine"]
    assert registry.find("mine") == replace(mine, max_tokens=128)
    registry.unregister("mine")
    with pytest.raises(ModelUnknown):
        registry.find("mine")


@pytest.mark.parametrize(
    "content", ["", "format = 2", "not toml [", "format = 1\n[[model]]\nname = 'x'", "format = 1\nmodel = 3"]
)
def test_a_damaged_list_of_added_models_is_refused_and_hides_no_shipped_one(content: str) -> None:
    path = registry.user_folder() / registry.USER_LIST
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with pytest.raises(ModelListInvalid, match=r"models\.toml"):
        registry.installed()
    assert registry.find(registry.default_encoder().name)
    with pytest.raises(ModelListInvalid):
        registry.register(registry.default_encoder())
    assert path.read_text() == content


def test_a_model_named_like_a_path_is_refused() -> None:
    path = registry.user_folder() / registry.USER_LIST
    spec = registry.default_encoder()
    registry.register(replace(spec, name="mine", folder=registry.user_folder() / "mine"))
    path.write_text(path.read_text().replace('"mine"', '"../../elsewhere"'))
    with pytest.raises(ModelListInvalid):
        registry.installed()
