"""Encoder and cross-encoder: the one place that runs models.

spec       what a model is                      registry   which there are, and whether they are sound
encoder    what a model must be able to do      install    lay out the shipped ones from a wheel
onnx       the shipped implementation           add        take in any sentence-transformers model
reference  the same on sentence-transformers, in a process of its own
"""

from __future__ import annotations

from qa_desktop.errors import UsageError
from qa_desktop.models.encoder import CrossEncoder, Encoder
from qa_desktop.models.onnx import OnnxCrossEncoder, OnnxEncoder
from qa_desktop.models.registry import verify
from qa_desktop.models.spec import ModelSpec, Role


def load_encoder(spec: ModelSpec) -> Encoder:
    """Verify a model's files and open it; about 0.2 s and 60 MB for the shipped one.

    Raises `ModelMissing`, `ModelAltered`, `ModelUnusable`, and `UsageError` for a model of another role.
    """
    _expect(spec, "encoder")
    verify(spec)
    return OnnxEncoder(spec)


def load_cross_encoder(spec: ModelSpec) -> CrossEncoder:
    """Verify a model's files and open it; about 0.2 s and 60 MB for the shipped one.

    Raises `ModelMissing`, `ModelAltered`, `ModelUnusable`, and `UsageError` for a model of another role.
    """
    _expect(spec, "cross-encoder")
    verify(spec)
    return OnnxCrossEncoder(spec)


def _expect(spec: ModelSpec, role: Role) -> None:
    if spec.role != role:
        raise UsageError(
            f"The model “{spec.name}” is not of the right kind",
            f"A model of the kind “{role}” is needed here; this one is of the kind “{spec.role}”.",
            "Choose another model (qa-desktop models lists them).",
        )
