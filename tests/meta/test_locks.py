"""The locks: complete, hashed, free of hosts, and in agreement with what the project asks for."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.project import ROOT

LOCKS = sorted((ROOT / "packaging" / "locks").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> dict[str, set[str]]:
    text = (ROOT / "packaging" / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    versions: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE):
        versions.setdefault(canonicalize_name(package), set()).add(version)
    return versions


def test_there_are_three() -> None:
    assert [lock.stem for lock in LOCKS] == ["freeze", "runtime", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_has_hashes_and_none_a_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("runtime", PROJECT["project"]["dependencies"]),
        ("test", PROJECT["project"]["dependencies"]),
        ("test", PROJECT["project"]["optional-dependencies"]["models"]),
        ("test", PROJECT["dependency-groups"]["test"]),
        ("freeze", PROJECT["dependency-groups"]["freeze"]),
    ],
)
def test_what_the_project_asks_for_is_locked_within_its_bounds(lock: str, wanted: list[str]) -> None:
    versions = locked(lock)
    for requirement in map(Requirement, wanted):
        found = versions.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement.name} is not in the lock: run ./dev lock"
        assert all(requirement.specifier.contains(version) for version in found), f"{requirement}: {found}"


def test_the_program_runs_with_the_versions_it_was_tested_with() -> None:
    runtime, test = locked("runtime"), locked("test")
    assert {name: versions for name, versions in runtime.items() if test.get(name) != versions} == {}


def test_what_runs_here_is_what_is_locked() -> None:
    # In an environment made by ./dev; a developer's own may differ, and then this says in what.
    different = {
        name: (importlib.metadata.version(name), versions)
        for name, versions in locked("runtime").items()
        if importlib.metadata.version(name) not in versions
    }
    assert different == {}


def test_nothing_heavy_or_talkative_is_shipped() -> None:
    runtime = locked("runtime")
    assert not {"torch", "sentence-transformers", "transformers", "huggingface-hub", "requests"} & set(
        runtime
    )
    assert runtime["onnxruntime"] == {"1.28.0"}, "from 1.29 on it opens connections to a telemetry host"
    assert not [
        name for lock in LOCKS for name in locked(lock.stem) if name.startswith(("nvidia", "cuda", "triton"))
    ]


def test_torch_is_a_build_for_the_processor() -> None:
    import torch

    assert torch.version.cuda is None


def test_the_terms_of_every_shipped_library_are_stated() -> None:
    text = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()
    stated = {canonicalize_name(word) for word in re.findall(r"`([a-z0-9_.-]+)`", text)}
    assert set(locked("runtime")) - stated == set()


def test_qt_does_not_lose_references(qtbot: QtBot) -> None:
    # PySide6 6.12.0 drops one reference to None for each call without a result, and aborts after thousands.
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(300):
        label.setText("x")
    assert sys.getrefcount(None) - before > -50
