"""What the documents tell people to type exists."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.program import Program
from tests.support.project import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")


def typed(pattern: str) -> set[str]:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS]
    return {word for text in texts for word in re.findall(pattern, text)}


def test_the_readme_begins_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    first_screen = "\n".join(lines[:40])
    assert "./dev run" in first_screen
    assert "./dev test" in first_screen


def test_every_word_for_the_script_is_known_to_it() -> None:
    script = (ROOT / "dev").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z]+)\) ?", script, re.MULTILINE))
    assert {"run", "test", "setup", "lint", "bench", "freeze", "lock"} <= known
    assert typed(r"\./dev ([a-z]+)") <= known
    assert set(re.findall(r"^\./dev ([a-z]+)", script, re.MULTILINE)) == known  # what its own help lists


def test_every_command_of_the_program_is_known_to_it(cli: Program) -> None:
    known = set(re.findall(r"^  ([a-z]+)", cli("--help").stdout, re.MULTILINE))
    shown = typed(r"^(?:\$ )?qa-desktop ([a-z]+)") | typed(r"`qa-desktop ([a-z]+)")
    assert shown <= known


def test_the_script_explains_itself() -> None:
    run = subprocess.run([ROOT / "dev"], capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "./dev run" in run.stdout


def test_the_script_refuses_what_it_does_not_know() -> None:
    run = subprocess.run([ROOT / "dev", "dance"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "./dev run" in run.stdout


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_documents_name_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`((?:qa_desktop|tests|packaging|corpus|index|resources|benchmarks)/[\w./-]*)`", text)
    made = {"index/demonstration/", "resources/models/"}
    assert [path for path in named if path not in made and not (ROOT / path).exists()] == []
