"""Power cuts, full disks, altered models, libraries from the future: nothing is lost, and it is said why."""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from qa_desktop import paths
from qa_desktop.errors import LibraryModelMismatch
from qa_desktop.library import Library
from tests.support.program import Program

WORDS = "river house market border winter letter engine garden minister bread signal valley".split()
FILES = 16


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with enough to read that one can act in the middle of it."""
    folder = tmp_path / "many"
    folder.mkdir()
    chance = random.Random(5)
    for number in range(FILES):
        lines = []
        for _ in range(90):
            a, b, c = chance.sample(WORDS, 3)
            lines.append(
                f"In {chance.randint(1800, 2020)} the {a} by the {b} was worth {chance.random():.4f} {c}s."
            )
        paragraphs = [" ".join(lines[i : i + 9]) for i in range(0, len(lines), 9)]
        (folder / f"{number:02}.txt").write_text("\n\n".join(paragraphs) + "\n")
    return folder


def documents_in(library: Path) -> int:
    file = library / "library.sqlite"
    if not file.exists():
        return 0
    try:
        connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return 0


def start(*words: str | Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "qa_desktop", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


linux = pytest.mark.skipif(sys.platform != "linux", reason="drops a right that only Linux knows")


def ordinarily(*words: str | Path) -> tuple[int, Any]:
    """Run the program as one who may not pass over permissions, whoever runs the tests."""

    def be_ordinary() -> None:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; an ordinary user has none to drop

    with start(*words, preexec_fn=be_ordinary) as process:
        stdout, stderr = process.communicate(timeout=120)
    assert "Traceback" not in stderr
    return process.returncode, json.loads(stdout)


def wait_for_documents(library: Path, count: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while documents_in(library) < count:
        assert process.poll() is None, "the program ended before one could act"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def assert_sound_and_complete_after_adding_again(cli: Program, many: Path, library: Path, kept: int) -> None:
    states = {c["part"]: c["state"] for c in cli("check", "--library", library, "--json").json["checks"]}
    assert "not sound" not in states.values()
    result = cli("add", many, "--library", library, "--json").json
    outcomes = [f["outcome"] for f in result["files"]]
    assert (outcomes.count("unchanged"), outcomes.count("added")) == (kept, FILES - kept)


def test_a_power_cut_while_adding_leaves_whole_documents(cli: Program, many: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    with start("add", many, "--library", library) as process:
        wait_for_documents(library, 2, process)
        process.kill()
    kept = documents_in(library)
    assert_sound_and_complete_after_adding_again(cli, many, library, cli_count(cli, library))
    assert kept >= 2


def cli_count(cli: Program, library: Path) -> int:
    return int(cli("status", "--library", library, "--json").json["documents"])


def test_ctrl_c_while_adding_keeps_what_is_finished(cli: Program, many: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    # A terminal sends Ctrl+C to the program and its worker alike: to the whole group.
    with start("add", many, "--library", library, start_new_session=True) as process:
        wait_for_documents(library, 1, process)
        os.killpg(process.pid, signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Cancelled" in stderr
    assert "Traceback" not in stderr
    assert stdout == ""
    kept = documents_in(library)
    assert 1 <= kept < FILES
    assert_sound_and_complete_after_adding_again(cli, many, library, kept)


def test_a_full_disk_while_adding_loses_nothing(cli: Program, many: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    library = tmp_path / "library"
    first = sorted(many.iterdir())[0]
    cli("add", first, "--library", library)
    limit = (library / "library.sqlite").stat().st_size + 300_000

    def limit_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    with start("add", many, "--library", library, "--json", preexec_fn=limit_files) as process:
        stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 3, stderr
    assert '"disk_full"' in stdout
    assert "Traceback" not in stderr
    kept = documents_in(library)
    assert 1 < kept < FILES
    assert_sound_and_complete_after_adding_again(cli, many, library, kept)


def test_a_library_of_a_newer_version_is_refused_untouched(cli: Program, many: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    cli("add", sorted(many.iterdir())[0], "--library", library)
    connection = sqlite3.connect(library / "library.sqlite")
    connection.execute("PRAGMA user_version = 12")
    connection.close()
    before = {p.name: p.read_bytes() for p in library.iterdir()}
    for words in (["ask", "Why?"], ["status"], ["add", many], ["update"], ["remove", "*"], ["check"]):
        error = cli(*words, "--library", library, "--json", expect=3).json["error"]
        assert error["code"] == "library_too_new"
    assert {p.name: p.read_bytes() for p in library.iterdir()} == before


def test_a_library_built_with_another_model_is_refused_untouched(
    cli: Program, many: Path, tmp_path: Path
) -> None:
    library = tmp_path / "library"
    cli("add", sorted(many.iterdir())[0], "--library", library)
    connection = sqlite3.connect(library / "library.sqlite")
    with connection:
        connection.execute("UPDATE meta SET value = 'ab' || substr(value, 3) WHERE key = 'model_sha256'")
    connection.close()
    before = (library / "library.sqlite").read_bytes()
    for words in (["ask", "Why?"], ["add", many], ["update"]):
        error = cli(*words, "--library", library, "--json", expect=3).json["error"]
        assert error["code"] == "library_model"
    assert (library / "library.sqlite").read_bytes() == before
    assert cli("status", "--library", library, "--json").json["documents"] == 1
    with Library.open(library) as opened, pytest.raises(LibraryModelMismatch):
        opened.warm_up()


def test_a_model_of_no_bytes_is_named(cli: Program, many: Path, tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    shutil.copytree(Path(paths.__file__).parent, package / "qa_desktop", ignore=shutil.ignore_patterns("gui"))
    shutil.copytree(paths.bundled("resources/models"), package / "resources" / "models")
    (graph,) = (package / "resources/models/bge-small-en-v1.5").rglob("*.onnx")
    graph.write_bytes(b"")
    run = cli(
        "add",
        many,
        "--library",
        tmp_path / "library",
        "--json",
        expect=3,
        PYTHONPATH=str(package),
        cwd=package,
    )
    assert run.json["error"]["code"] == "model_missing"
    assert graph.name in run.json["error"]["explanation"]


def test_a_library_on_a_read_only_medium_can_be_searched(cli: Program, many: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    cli("add", sorted(many.iterdir())[0], "--library", library)
    with Library.open(library, read_only=True) as opened:
        from qa_desktop.domain import Question
        from qa_desktop.errors import LibraryReadOnly

        assert opened.ask(Question("What was worth something?")).hits
        with pytest.raises(LibraryReadOnly):
            opened.add([many])
        with pytest.raises(LibraryReadOnly):
            opened.remove(["*"])


@linux
def test_a_library_in_a_locked_folder_can_be_searched(cli: Program, many: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    cli("add", sorted(many.iterdir())[0], "--library", library)
    library.chmod(0o555)
    for file in library.iterdir():
        file.chmod(0o444)
    try:
        status, answer = ordinarily("ask", "What was worth something?", "--library", library, "--json")
        assert (status, bool(answer["hits"])) == (0, True)
        status, answer = ordinarily("add", many, "--library", library, "--json")
        assert (status, answer["error"]["code"]) == (3, "library_read_only")
        (library / "library.sqlite").chmod(0)
        status, answer = ordinarily("ask", "What was worth something?", "--library", library, "--json")
        assert (status, answer["error"]["code"]) == (3, "library_locked")
    finally:
        library.chmod(0o755)


@linux
def test_a_folder_without_permission_is_named_and_what_was_read_from_it_stays(
    cli: Program, tmp_path: Path
) -> None:
    folder, library = tmp_path / "papers", tmp_path / "library"
    (folder / "locked").mkdir(parents=True)
    (folder / "open.txt").write_text("This sentence can be read by all.\n")
    (folder / "locked" / "closed.txt").write_text("This sentence could be read before.\n")
    cli("add", folder, "--library", library)
    (folder / "locked").chmod(0)
    try:
        status, result = ordinarily("update", "--library", library, "--json")
    finally:
        (folder / "locked").chmod(0o755)
    assert status == 1
    assert {(f["name"], f["outcome"]) for f in result["files"]} == {
        ("locked", "failed"),
        ("open.txt", "unchanged"),
    }
    assert result["library"]["searchable"] == 2
    cli("update", "--library", library)
    assert cli("status", "--library", library, "--json").json["unreadable"] == []


def test_asking_goes_on_while_another_program_adds(cli: Program, many: Path, tmp_path: Path) -> None:
    library = tmp_path / "library"
    with start("add", many, "--library", library) as process:
        wait_for_documents(library, 1, process)
        assert cli("ask", "What was worth something?", "--library", library, "--json").json["hits"]
        busy = cli("add", many, "--library", library, "--json", expect=None)
        if process.poll() is None:
            assert busy.json["error"]["code"] == "library_busy"
        process.communicate(timeout=120)
    assert process.returncode == 0
