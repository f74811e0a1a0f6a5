"""Which models there are, and whether they are what they should be."""

from __future__ import annotations

import tomllib
from pathlib import Path

import tomli_w

from qa_desktop import paths
from qa_desktop.errors import ModelAltered, ModelListInvalid, ModelMissing, ModelUnknown
from qa_desktop.models.spec import FORMAT, LOCK, ModelSpec, Role, file_sha256, read_list

USER_LIST = "models.toml"


def installed() -> tuple[ModelSpec, ...]:
    """Return every model that is registered: the shipped ones, then those the user added.

    Registered does not mean sound; that is what `verify` is for.  Raises `ModelListInvalid`.
    """
    return _shipped() + _added()


def find(name: str) -> ModelSpec:
    """Return the model of that name.  Raises `ModelUnknown`, `ModelListInvalid`."""
    for spec in _shipped():  # first, and alone: a damaged list of added models must not hide a shipped one
        if spec.name == name:
            return spec
    for spec in _added():
        if spec.name == name:
            return spec
    raise ModelUnknown(name, ", ".join(spec.name for spec in installed()))


def default_encoder() -> ModelSpec:
    """Return the encoder that new libraries are built with.  Raises `ModelListInvalid`."""
    return default_of("encoder")


def default_cross_encoder() -> ModelSpec:
    """Return the cross-encoder that orders what was found.  Raises `ModelListInvalid`."""
    return default_of("cross-encoder")


def default_of(role: Role) -> ModelSpec:
    """Return the shipped model of that role.  Raises `ModelListInvalid`."""
    for spec in _shipped():
        if spec.role == role and spec.default:
            return spec
    raise ModelListInvalid(paths.model_folders()[0] / LOCK, f"no default {role}")


def verify(spec: ModelSpec) -> None:
    """Compare every file of a model with its SHA-256.

    Raises `ModelMissing` for a file that is absent, empty or unreadable and `ModelAltered` for one that is
    not what it should be, each naming the file.
    """
    for path, expected in spec.hashes.items():
        try:
            if not path.stat().st_size:
                raise ModelMissing(spec.name, path)
            found = file_sha256(path)
        except OSError as error:
            raise ModelMissing(spec.name, path) from error
        if found != expected:
            raise ModelAltered(spec.name, path, expected, found)


def user_folder() -> Path:
    """Return the folder of the models the user added."""
    return paths.user_data() / "models"


def register(spec: ModelSpec) -> None:
    """Enter a model into the user's list, in place of one of the same name.  Raises `ModelListInvalid`."""
    entry = {
        "name": spec.name,
        "role": spec.role,
        "source": spec.source,
        "licence": spec.licence,
        "precision": spec.precision,
        "dimension": spec.dimension,
        "max_tokens": spec.max_tokens,
        "pooling": spec.pooling,
        "question_prefix": spec.question_prefix,
        "passage_prefix": spec.passage_prefix,
        "graph": spec.graph,
        "languages": list(spec.languages),
        "file": [{"path": path, "sha256": sha256} for path, sha256 in sorted(spec.files.items())],
    }
    _write([*_entries_without(spec.name), entry])


def unregister(name: str) -> None:
    """Take a model out of the user's list; its folder stays.  Raises `ModelListInvalid`."""
    _write(_entries_without(name))


def _shipped() -> tuple[ModelSpec, ...]:
    return read_list(paths.model_folders()[0] / LOCK).models


def _added() -> tuple[ModelSpec, ...]:
    path = user_folder() / USER_LIST
    return read_list(path).models if path.exists() else ()


def _entries_without(name: str) -> list[dict[str, object]]:
    _added()  # refuses a list that would lose something by being written anew
    path = user_folder() / USER_LIST
    content = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return [entry for entry in content.get("model", []) if entry["name"] != name]


def _write(entries: list[dict[str, object]]) -> None:
    path = user_folder() / USER_LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(tomli_w.dumps({"format": FORMAT, "model": entries}), encoding="utf-8")
    draft.replace(path)
