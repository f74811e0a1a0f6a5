"""Adding and updating: whatever happened before, the library holds what the folders hold."""

from __future__ import annotations

import itertools
import os
import random
import shutil
from pathlib import Path

import pytest

from qa_desktop.errors import PathNotFound
from qa_desktop.indexing import build
from qa_desktop.indexing.report import AddReport
from qa_desktop.indexing.store_totals import totals
from qa_desktop.models.encoder import Encoder
from qa_desktop.progress import Cancelled, CancelToken, Progress
from tests.support.library import TEXTS, Shelf


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "sub").mkdir(parents=True)
    (folder / "bridge.txt").write_text(TEXTS[0])
    (folder / "shop.txt").write_text(TEXTS[1])
    (folder / "sub" / "energy.txt").write_text(TEXTS[2])
    return folder


def prose(seed: int, sentences: int = 14) -> str:
    """Return a paragraph that resembles no other."""
    chance = random.Random(seed)
    words = "river house market border winter letter engine garden minister bread signal valley".split()
    lines = []
    for _ in range(sentences):
        a, b, c = chance.sample(words, 3)
        lines.append(
            f"In {chance.randint(1900, 2020)} the {a} near the {b} was worth {chance.randint(2, 999)} {c}s."
        )
    return " ".join(lines)


def outcomes(report: AddReport) -> dict[str, str]:
    return {f.name: f.outcome for f in report.files}


def touch_later(path: Path) -> None:
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 2_000_000_000))


# ------------------------------------------------------------------------------------------ one by one


def test_unchanged_files_are_not_even_opened(shelf: Shelf, papers: Path) -> None:
    assert set(outcomes(shelf.add(papers)).values()) == {"added"}
    ids = shelf.store.passage_ids().tolist()
    shelf.reader.paths.clear()
    assert set(outcomes(shelf.add(papers)).values()) == {"unchanged"}
    assert set(outcomes(shelf.update()).values()) == {"unchanged"}
    assert shelf.reader.paths == []
    assert shelf.store.passage_ids().tolist() == ids


def test_a_new_date_alone_changes_nothing(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    touch_later(papers / "shop.txt")
    shelf.reader.paths.clear()
    assert outcomes(shelf.update())["shop.txt"] == "unchanged"
    assert shelf.reader.paths == []


def test_a_moved_file_keeps_its_passages(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    before = {e.name: e.id for e in shelf.store.entries()}
    ids = shelf.store.passage_ids().tolist()
    (papers / "bridge.txt").rename(papers / "sub" / "bridge.txt")
    assert outcomes(shelf.update()) == {
        "sub/bridge.txt": "moved",
        "shop.txt": "unchanged",
        "sub/energy.txt": "unchanged",
    }
    after = {e.name: e.id for e in shelf.store.entries()}
    assert after["sub/bridge.txt"] == before["bridge.txt"]
    assert shelf.store.passage_ids().tolist() == ids


def test_only_changed_passages_are_encoded_again(
    shelf: Shelf, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = [prose(n) for n in range(8)]
    path = papers / "long.txt"
    path.write_text("\n\n".join(long))
    shelf.add(path)
    total = len(shelf.store.passage_ids())
    path.write_text("\n\n".join([*long, prose(99)]))
    touch_later(path)
    encoded: list[str] = []
    original = shelf.encoder.read_passages

    def counting(texts: list[str], **rest: object) -> object:
        encoded.extend(texts)
        return original(texts, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf.encoder, "read_passages", counting)
    assert outcomes(shelf.add(path)) == {"long.txt": "updated"}
    assert 0 < len(encoded) <= 2 < total
    assert shelf.score_of(prose(99)) > 0.9


def test_a_file_that_is_gone_is_taken_out_but_a_missing_drive_is_not(shelf: Shelf, papers: Path) -> None:
    single = papers.parent / "single.txt"
    single.write_text(TEXTS[4])
    shelf.add(papers, single)
    (papers / "shop.txt").unlink()
    single.unlink()
    assert outcomes(shelf.update()) == {
        "bridge.txt": "unchanged",
        "shop.txt": "removed",
        "single.txt": "failed",  # nothing tells whether it is gone for good
        "sub/energy.txt": "unchanged",
    }
    away = papers.rename(papers.with_name("away"))
    report = shelf.update()
    assert set(outcomes(report).values()) == {"failed"}
    assert {p.reason for f in report.files for p in f.problems} == {"gone"}
    papers.mkdir()  # the empty folder on which a drive is mounted
    shelf.update()
    assert {e.name for e in shelf.store.entries()} == {"bridge.txt", "single.txt", "sub/energy.txt"}
    papers.rmdir()
    away.rename(papers)
    assert outcomes(shelf.update())["bridge.txt"] == "unchanged"


def test_unreadable_files_are_named_and_tried_again_when_they_change(shelf: Shelf, papers: Path) -> None:
    path = papers / "report.pdf"
    path.write_bytes(b"")
    report = shelf.add(papers)
    assert not report.complete
    (failed,) = report.of("failed")
    assert (failed.name, failed.problems[0].reason) == ("report.pdf", "empty")
    shelf.reader.paths.clear()
    assert outcomes(shelf.add(papers))["report.pdf"] == "failed"  # still named, but not read again
    assert shelf.reader.paths == []
    path.write_text("Now there is something in it.\n")
    touch_later(path)
    assert outcomes(shelf.add(papers))["report.pdf"] == "updated"
    assert shelf.score_of("Now there is something in it.") > 0.8


def test_a_file_that_cannot_be_read_any_more_keeps_its_earlier_text(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    path = papers / "bridge.txt"
    path.write_bytes(b"PK\x03\x04 not a real archive")
    touch_later(path)
    (failed,) = shelf.add(papers).of("failed")
    assert failed.name == "bridge.txt"
    assert failed.passages == 1
    entry = next(e for e in shelf.store.entries() if e.name == "bridge.txt")
    assert entry.state == "partial"
    assert "earlier" in entry.problems[0].part or "before" in entry.problems[0].part
    assert shelf.score_of("The bridge over the river Ibar was closed in 2011.") > 0.8
    path.write_text(TEXTS[0])  # as it was
    touch_later(path)
    shelf.update()
    entry = next(e for e in shelf.store.entries() if e.name == "bridge.txt")
    assert (entry.state, entry.problems) == ("searchable", ())


def test_names_stay_unique(shelf: Shelf, tmp_path: Path) -> None:
    for number, folder in enumerate(("one", "two", "deep/two")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "report.txt").write_text(TEXTS[number])
        shelf.add(tmp_path / folder)
    assert {e.name for e in shelf.store.entries()} == {"report.txt", "two/report.txt", "two/report.txt (2)"}
    assert set(outcomes(shelf.update()).values()) == {"unchanged"}


def test_a_file_within_a_folder_that_was_added_is_the_same_document(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    assert outcomes(shelf.add(papers / "sub" / "energy.txt")) == {"sub/energy.txt": "unchanged"}
    assert outcomes(shelf.add(papers / "sub")) == {"sub/energy.txt": "unchanged"}
    assert len(shelf.store.entries()) == 3


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(shelf: Shelf, papers: Path) -> None:
    with pytest.raises(PathNotFound, match="nowhere"):
        shelf.add(papers, papers / "nowhere")
    assert shelf.store.entries() == ()


def test_the_librarys_own_folder_is_not_read(shelf: Shelf, tmp_path: Path, papers: Path) -> None:
    report = shelf.add(tmp_path)
    assert set(outcomes(report)) == {"papers/bridge.txt", "papers/shop.txt", "papers/sub/energy.txt"}


def test_cancelling_keeps_what_is_finished_and_nothing_else(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_GROUP", 6)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text("\n\n".join(prose(100 * number + n) for n in range(2)))
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if totals(shelf.store).documents >= 5:
            cancel.cancel()

    with shelf.store.writing(), pytest.raises(Cancelled):
        shelf.adding(stop, cancel).add([folder])
    stored = shelf.store.entries()
    assert 5 <= len(stored) < 30
    assert all(e.passages == len(shelf.store.passages_with_vectors(e.id)) > 0 for e in stored)
    assert shelf.store.words_are_sound()
    report = shelf.add(folder)
    assert len(report.of("unchanged")) == len(stored)
    assert len(shelf.store.entries()) == 30


def test_progress_has_a_denominator_and_never_goes_back(shelf: Shelf, papers: Path) -> None:
    seen: list[Progress] = []
    with shelf.store.writing():
        shelf.adding(seen.append).add([papers])
    reading = [p for p in seen if p.stage == "reading"]
    assert all(a.done <= b.done for a, b in itertools.pairwise(reading))
    assert reading[-1].fraction == 1


def test_a_library_that_moves_with_its_documents_finds_them(
    tmp_path: Path, encoder: Encoder, papers: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.move(papers, home / "papers")
    shelf = Shelf(home / "library", encoder)
    shelf.add(home / "papers")
    shelf.close()
    home.rename(tmp_path / "elsewhere")
    from qa_desktop.library import Library

    with Library.open(tmp_path / "elsewhere" / "library") as library:
        entry = next(e for e in library.documents() if e.name == "bridge.txt")
        original = library.original(entry.id)
        assert original.path == tmp_path / "elsewhere" / "papers" / "bridge.txt"
        assert original.state == "unchanged"
        assert {f.outcome for f in library.update().files} == {"unchanged"}
        assert library.documents()[0].path.startswith(str(tmp_path / "elsewhere"))
