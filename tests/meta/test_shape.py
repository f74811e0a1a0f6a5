"""The project keeps the shape its documents promise."""

from __future__ import annotations

import ast
import getpass
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import CODE, ROOT, modules, text_files

LONGEST = 300
# Reading one of these from a file runs code that stands in it.
UNSAFE = {"pickle", "shelve", "marshal", "dill", "cloudpickle", "joblib"}


def test_layers_import_only_downwards() -> None:
    command = "from importlinter.cli import lint_imports_command as check; check(['--no-cache'])"
    run = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_only_the_program_is_a_package() -> None:
    # An __init__.py in packaging/ or tests/ would hide, or be hidden by, libraries of the same name.
    packages = {path.relative_to(ROOT).parts[0] for path in modules() if path.name == "__init__.py"}
    assert packages == {"qa_desktop"}


def test_no_module_is_too_long_to_read() -> None:
    code = modules()
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in code}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(p) for p in modules("qa_desktop") if not ast.get_docstring(ast.parse(p.read_text("utf-8")))]
    assert silent == []


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


def test_nothing_that_runs_code_when_it_is_read() -> None:
    assert {str(path): UNSAFE & imports(path) for path in modules() if UNSAFE & imports(path)} == {}
    allowing = re.compile("allow_pickle" + r"\s*=\s*True")
    assert [str(path) for path in modules() if allowing.search(path.read_text(encoding="utf-8"))] == []


def test_no_path_of_this_computer_is_written_down() -> None:
    home = os.path.expanduser(f"~{getpass.getuser()}")  # noqa: PTH111 -- Path looks at HOME, which is another here
    places = [f"{home}/"] if home != "/" else []
    if len(ROOT.parts) > 2:  # a checkout in a folder such as /src says nothing
        places.append(f"{ROOT}/")
    found = [
        (str(path.relative_to(ROOT)), place)
        for path in text_files()
        for place in places
        if place in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


@pytest.mark.parametrize("folder", [folder for folder in CODE if folder != "tests"])
def test_no_folder_is_empty(folder: str) -> None:
    assert any((ROOT / folder).iterdir())
