"""The demonstration library for tests: the one that set-up built, or a fresh one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from qa_desktop import paths
from tests.support.project import ROOT


def demonstration_library(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demonstration library made from the documents and code as they are now."""
    if subprocess.run([ROOT / "dev", "current"], check=False).returncode == 0:
        return paths.demonstration_library()
    folder = factory.mktemp("demonstration") / "library"
    command = [sys.executable, str(ROOT / "index" / "build_demonstration.py"), "--out", str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder
