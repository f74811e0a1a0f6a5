"""The demonstration library for tests: the one that set-up built, or a fresh one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qa_desktop import paths

BUILD = Path(__file__).resolve().parents[2] / "index" / "build_demonstration.py"


def demonstration_library(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an up-to-date demonstration library."""
    built = paths.demonstration_library()
    if is_current(built):
        return built
    folder = factory.mktemp("demonstration") / "library"
    run = subprocess.run(
        [sys.executable, str(BUILD), "--out", str(folder)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def is_current(library: Path) -> bool:
    """Tell whether the library was built from the documents, recipe and models as they are now."""
    if not library.is_dir():
        return False
    run = subprocess.run(
        [sys.executable, str(BUILD), "--check", "--out", str(library)], capture_output=True, check=False
    )
    return run.returncode == 0
