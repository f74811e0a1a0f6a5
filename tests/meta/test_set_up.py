"""Set-up stops with a sentence where it must not go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT


def torch_report(folder: Path, *packages: tuple[str, str]) -> Path:
    report = folder / "report.json"
    install = [{"metadata": {"name": name, "version": version}} for name, version in packages]
    report.write_text(json.dumps({"install": install}), encoding="utf-8")
    return report


def check_torch(report: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "packaging" / "check_torch.py"), str(report)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_torch_for_the_processor_is_taken(tmp_path: Path) -> None:
    assert check_torch(torch_report(tmp_path, ("torch", "2.13.0+cpu"))).returncode == 0


@pytest.mark.parametrize(
    "packages",
    [
        [("torch", "2.13.0"), ("nvidia-cublas", "13.0")],
        [("torch", "2.13.0"), ("triton", "3.5")],
        [("torch", "2.13.0+cu130")],
    ],
)
def test_torch_for_graphics_cards_is_refused(tmp_path: Path, packages: list[tuple[str, str]]) -> None:
    run = check_torch(torch_report(tmp_path, *packages))
    assert run.returncode == 1
    assert "PIP_EXTRA_INDEX_URL" in run.stderr


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    checkout = tmp_path / "a folder with blanks"
    (checkout / "packaging" / "locks").mkdir(parents=True)
    shutil.copy(ROOT / "dev", checkout)
    for lock in (ROOT / "packaging" / "locks").iterdir():
        shutil.copy(lock, checkout / "packaging" / "locks")
    return checkout


def tools(folder: Path, *names: str) -> str:
    """Make a folder of the tools a script may use, and nothing else; return its path."""
    folder.mkdir()
    for name in names:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return str(folder)


def dev(checkout: Path, path: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        ["/bin/sh", checkout / "dev", "setup"], env=environment, capture_output=True, text=True, check=False
    )


def test_without_python_it_says_which_package_brings_it(bare_checkout: Path, tmp_path: Path) -> None:
    path = tools(tmp_path / "tools", "dirname", "cat", "cksum", "id")
    run = dev(bare_checkout, path)
    assert run.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in run.stderr
    assert "python3-venv" in run.stderr


def test_with_an_old_python_it_says_so(bare_checkout: Path, tmp_path: Path) -> None:
    path = tools(tmp_path / "tools", "dirname", "cat", "cksum", "id")
    old = Path(path) / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" || exit 1\n', encoding="utf-8")
    old.chmod(0o755)
    run = dev(bare_checkout, path)
    assert run.returncode == 1
    assert "Python 3.9.2 is here" in run.stderr
    assert "python3.11-venv" in run.stderr


def test_an_ordinary_user_is_told_the_command(bare_checkout: Path, tmp_path: Path) -> None:
    path = tools(tmp_path / "tools", "dirname", "cat", "cksum")
    for name, says in (("apt-get", "exit 9"), ("id", "echo 1000")):
        (Path(path) / name).write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
        (Path(path) / name).chmod(0o755)
    run = dev(bare_checkout, path)
    assert run.returncode == 1
    assert "sudo apt-get install --no-install-recommends python3 python3-venv" in run.stderr


def test_what_windows_need_is_named_by_package() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "check_system.py"), "--all"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert all(word.startswith(("lib", "fonts-")) for word in run.stdout.split())
