from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from qa_desktop.domain import FileProblem, SourceFile
from qa_desktop.errors import PathNotFound
from qa_desktop.reading.discover import discover, hash_file
from tests.support.documents import written


def names(paths: list[Path]) -> list[str]:
    return [item.name for item in discover(paths) if isinstance(item, SourceFile)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "papers"
    (root / "Older").mkdir(parents=True)
    (root / ".git").mkdir()
    for name in (
        "b.txt",
        "A.txt",
        "Older/c.txt",
        ".DS_Store",
        "~$b.docx",
        "Thumbs.db",
        "x.tmp",
        ".git/d.txt",
        "y.txt~",
    ):
        written(root, name, name)
    return root


def test_walks_folders_in_order_and_passes_over_hidden_and_temporary_files(folder: Path) -> None:
    assert names([folder]) == ["A.txt", "b.txt", "Older/c.txt"]
    found = [f for f in discover([folder]) if isinstance(f, SourceFile)]
    assert {f.root for f in found} == {str(folder)}
    assert found[1].size == len("b.txt")
    assert found[1].mtime_ns == (folder / "b.txt").stat().st_mtime_ns
    assert found[1].sha256 == ""


def test_a_file_that_is_named_is_taken_and_each_file_is_found_once(folder: Path) -> None:
    hidden = folder / ".git" / "d.txt"
    assert names([hidden]) == ["d.txt"]
    assert names([folder / "b.txt", folder, folder / "Older"]) == ["b.txt", "A.txt", "Older/c.txt"]


def test_says_at_once_that_a_path_does_not_exist(folder: Path) -> None:
    with pytest.raises(PathNotFound):
        discover([folder, folder / "nowhere"])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_in_a_circle_come_to_an_end_and_dead_links_are_named(folder: Path) -> None:
    (folder / "Older" / "up").symlink_to(folder)
    (folder / "dead").symlink_to(folder / "nowhere")
    (folder / "self").symlink_to(folder / "self")
    found = list(discover([folder]))
    assert [f.name for f in found if isinstance(f, SourceFile)] == ["A.txt", "b.txt", "Older/c.txt"]
    problems = {Path(f[0]).name: f[1].reason for f in found if not isinstance(f, SourceFile)}
    assert problems == {"dead": "gone", "self": "gone"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert "pipe" not in names([folder])


def test_a_folder_that_may_not_be_listed_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Made to fail here, because the superuser may list everything.
    listdir = os.listdir

    def refuse(path: Path) -> list[str]:
        if path == folder / "Older":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    found = list(discover([folder]))
    assert found[-1] == (str(folder / "Older"), FileProblem("permission", "Permission denied"))
    assert len(found) == 3


def test_hashes_a_file_of_any_size(tmp_path: Path) -> None:
    data = b"0123456789" * 200_000
    assert hash_file(written(tmp_path, "big", data)) == hashlib.sha256(data).hexdigest()
