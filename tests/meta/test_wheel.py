"""The wheel: everything the program needs to run, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.project import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_whole_package_is_inside(names: set[str]) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "qa_desktop").rglob("*.py")}
    assert modules <= names


def test_the_data_is_inside(names: set[str]) -> None:
    for folder in ("corpus/documents", "resources/icons", "resources/styles"):
        files = [p for p in (ROOT / folder).rglob("*") if p.is_file() and not p.name.startswith(".")]
        assert files
        assert {f"qa_desktop/bundled/{path.relative_to(ROOT).as_posix()}" for path in files} <= names
    for file in ("resources/models/models.lock.toml", "corpus/questions.jsonl", "index/recipe.toml"):
        assert f"qa_desktop/bundled/{file}" in names


def test_nothing_else_is_inside(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"qa_desktop"}
    stray = (".onnx", ".sqlite", ".faiss", ".pyc", ".orig", ".log", "~")
    assert [name for name in names if name.endswith(stray) or "/." in name] == []
    assert [name for name in names if "/tests/" in name or "index/demonstration" in name] == []


def test_terms_go_along(names: set[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/THIRD_PARTY.md") for name in names)


def test_what_was_installed_finds_its_data(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    program = (
        "import qa_desktop, qa_desktop.paths as paths\n"
        "print(qa_desktop.__file__)\n"
        "print(paths.demonstration_documents().is_dir(), paths.bundled('resources/icons').is_dir())\n"
        "print((paths.bundled('resources/models') / 'models.lock.toml').is_file())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    where, folders, lock = run.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    assert (folders, lock) == ("True True", "True")
