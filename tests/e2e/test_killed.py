"""Killed at any instant while it adds, the program leaves a library that is sound and can be gone on with."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from qa_desktop.library import Library
from tests.support.nested import make_mail, make_zip_of

WORDS = "river house market border winter letter engine garden minister bread signal valley".split()
KILLS = 3
SLOWEST = 60.0  # seconds in which the program has surely started


def prose(seed: int, sentences: int) -> bytes:
    chance = random.Random(seed)
    lines = []
    for _ in range(sentences):
        a, b, c = chance.sample(WORDS, 3)
        lines.append(
            f"In {chance.randint(1800, 2020)} the {a} by the {b} was worth {chance.random():.4f} {c}s."
        )
    return " ".join(lines).encode()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Archives with messages with attachments, so that a file takes long to be put in."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(6):
        inside = {f"{n}.txt": prose(100 * number + n, 25) for n in range(4)}
        inside["mail.eml"] = make_mail("See the attached notes.", {"notes.txt": prose(1000 + number, 25)})
        (folder / f"{number}.zip").write_bytes(make_zip_of(inside))
    return folder


def test_a_library_survives_being_killed_again_and_again(files: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    seed = random.randrange(10**6)  # another one each time; it is named should the test fail
    chance = random.Random(seed)
    command = [sys.executable, "-m", "qa_desktop", "add", str(files), "--library", str(folder)]
    for _ in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until_it_reads(process)
        time.sleep(chance.uniform(0, 2))
        process.kill()
        process.wait()
        with Library.open(folder, create=True) as library:
            assert "not sound" not in {c.state for c in library.check()}, f"seed {seed}"
            assert set(documents_of(library).values()) <= {6}, f"a file is in by halves, seed {seed}"
    with Library.open(folder) as library:
        report = library.add([files])
        assert {f.outcome for f in report.files} <= {"added", "unchanged"}
        assert report.totals.documents == 36
        assert documents_of(library) == {f"{n}.zip": 6 for n in range(6)}
        assert library.status().duplicates == 5  # the letters all read the same


def wait_until_it_reads(process: subprocess.Popen[bytes]) -> None:
    """Wait until the program has begun to read, in a process of its own, or nothing is left to be done."""
    until = time.monotonic() + SLOWEST
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(process.pid).children():
                return
        assert time.monotonic() < until
        time.sleep(0.02)


def documents_of(library: Library) -> dict[str, int]:
    """Return how many documents lie in each archive."""
    found: dict[str, int] = {}
    for entry in library.documents():
        file = entry.name.split("/")[0]
        found[file] = found.get(file, 0) + (entry.state == "searchable")
    return found
