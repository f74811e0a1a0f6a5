"""Documents inside files: in, out and elsewhere with their file, each found and named by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa_desktop.indexing import store_write
from qa_desktop.indexing.store_totals import totals
from tests.support.library import TEXTS, Shelf
from tests.support.nested import make_mail, make_zip_of, write_later

BRIDGE, SHOP, ENERGY = (text.encode() for text in TEXTS[:3])


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    mail = make_mail("The report is attached.", {"report.txt": BRIDGE, "broken.docx": b"PK\x03\x04 no"})
    archive = make_zip_of({"one.txt": SHOP, "inner.eml": mail, "deep/one.txt": ENERGY})
    (folder / "all.zip").write_bytes(archive)
    return folder


NAMES = {
    "all.zip": "read",
    "all.zip/one.txt": "searchable",
    "all.zip/inner.eml": "searchable",
    "all.zip/inner.eml/report.txt": "searchable",
    "all.zip/inner.eml/broken.docx": "unreadable",
    "all.zip/one.txt (2)": "searchable",
}


def states(shelf: Shelf) -> dict[str, str]:
    return {e.name: e.state for e in shelf.store.entries()}


def test_each_document_in_a_file_is_one_of_its_own(shelf: Shelf, papers: Path) -> None:
    report = shelf.add(papers)
    assert {f.name: f.outcome for f in report.files} == {
        name: "failed" if state == "unreadable" else "added" for name, state in NAMES.items()
    }
    assert states(shelf) == NAMES
    entries = {e.name: e for e in shelf.store.entries()}
    inner = entries["all.zip/inner.eml/report.txt"]
    assert inner.inside == (1, 0)
    assert inner.container == entries["all.zip/inner.eml"].id
    assert "report.txt" in inner.place
    assert entries["all.zip"].container is None
    assert {e.path for e in entries.values()} == {str(papers / "all.zip")}
    assert shelf.score_of("The bridge over the river Ibar was closed in 2011.") > 0.8
    held = report.totals
    assert (held.files, held.inside, held.documents, held.failed) == (1, 5, 5, 1)
    counted = totals(shelf.store)
    assert (counted.files, counted.inside, counted.documents, counted.searchable) == (1, 5, 5, 4)
    assert shelf.store.coverage(None).unreadable == (("all.zip/inner.eml/broken.docx", "damaged"),)


def test_an_unchanged_file_names_its_documents_and_is_not_read(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    ids = shelf.store.passage_ids().tolist()
    shelf.reader.paths.clear()
    report = shelf.update()
    assert shelf.reader.paths == []
    assert {f.outcome for f in report.files} == {"unchanged", "failed"}
    assert {f.name for f in report.files} == set(NAMES)
    assert shelf.store.passage_ids().tolist() == ids


def test_a_changed_file_keeps_the_ids_of_what_is_still_in_it(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    before = {e.name: e.id for e in shelf.store.entries()}
    write_later(papers / "all.zip", make_zip_of({"new.txt": TEXTS[4].encode(), "one.txt": SHOP}))
    report = shelf.update()
    assert {f.outcome for f in report.files} == {"updated"}
    entries = {e.name: e for e in shelf.store.entries()}
    assert entries.keys() == {"all.zip", "all.zip/new.txt", "all.zip/one.txt"}
    assert entries["all.zip/one.txt"].id == before["all.zip/one.txt"]
    assert entries["all.zip/one.txt"].inside == (1,)
    assert entries["all.zip/new.txt"].id not in before.values()
    assert shelf.score_of("President Vučić spoke in Belgrade about energy prices") < 0.8
    assert shelf.store.words_are_sound()


def test_a_moved_file_takes_its_documents_along(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    ids = {e.name: e.id for e in shelf.store.entries()}
    shelf.reader.paths.clear()
    (papers / "sub").mkdir()
    (papers / "all.zip").rename(papers / "sub" / "all.zip")
    report = shelf.update()
    assert shelf.reader.paths == []
    assert {f.outcome for f in report.files} == {"moved", "failed"}
    assert {e.name.removeprefix("sub/"): e.id for e in shelf.store.entries()} == ids
    assert all(e.name.startswith("sub/all.zip") for e in shelf.store.entries())
    assert {e.path for e in shelf.store.entries()} == {str(papers / "sub" / "all.zip")}


def test_a_file_that_is_gone_takes_its_documents_along(shelf: Shelf, papers: Path) -> None:
    (papers / "stays.txt").write_bytes(SHOP)
    shelf.add(papers)
    (papers / "all.zip").unlink()
    report = shelf.update()
    assert {f.name: f.outcome for f in report.files} == {"all.zip": "removed", "stays.txt": "unchanged"}
    assert set(states(shelf)) == {"stays.txt"}
    assert shelf.store.words_are_sound()
    assert len(shelf.store.passage_ids()) == 1


def test_a_file_that_cannot_be_read_any_more_keeps_its_earlier_documents(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    write_later(papers / "all.zip", b"PK\x03\x04 not an archive any more")
    report = shelf.update()
    outcomes = {f.name: f.outcome for f in report.files}
    assert outcomes.pop("all.zip") == "failed"
    assert set(outcomes.values()) == {"unchanged", "failed"}
    assert states(shelf) == {**NAMES, "all.zip": "partial"}
    assert shelf.score_of("The bridge over the river Ibar was closed in 2011.") > 0.8


def test_what_is_taken_out_of_a_file_comes_back_with_the_next_update(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    inner = next(e for e in shelf.store.entries() if e.name == "all.zip/inner.eml")
    store_write.remove(shelf.store, inner.id)
    assert set(states(shelf)) == {"all.zip", "all.zip/one.txt", "all.zip/one.txt (2)"}
    assert shelf.store.words_are_sound()
    shelf.update()
    assert states(shelf) == NAMES


def test_a_failure_in_the_middle_of_a_file_leaves_nothing_of_it(
    shelf: Shelf, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_write, "count_change", None)  # the last thing that is done for a file
    with pytest.raises(TypeError):
        shelf.add(papers)
    monkeypatch.undo()
    assert states(shelf) == {}
    assert shelf.store.passage_ids().tolist() == []
    assert shelf.store.words_are_sound()


def test_names_in_a_file_and_in_a_folder_do_not_collide(shelf: Shelf, tmp_path: Path, papers: Path) -> None:
    other = tmp_path / "other"
    (other / "all.zip").mkdir(parents=True)
    (other / "all.zip" / "one.txt").write_bytes(ENERGY)
    shelf.add(other)
    shelf.add(papers)
    names = set(states(shelf))
    assert {"all.zip/one.txt", "all.zip/one.txt (2)", "all.zip/one.txt (3)"} <= names
    assert len(names) == len(NAMES) + 1
    shelf.update()
    assert set(states(shelf)) == names


def test_copies_are_found_whether_inside_a_file_or_beside_it(shelf: Shelf, papers: Path) -> None:
    shelf.add(papers)
    (papers / "bridge.txt").write_bytes(BRIDGE)
    report = shelf.add(papers)
    (copy,) = [f for f in report.files if f.same_text_as]
    assert (copy.name, copy.same_text_as) == ("all.zip/inner.eml/report.txt", "bridge.txt")
    entries = {e.name: e for e in shelf.store.entries()}
    assert entries[copy.name].same_text_as == "bridge.txt"
    assert entries[copy.name].text_id == entries["bridge.txt"].id
    assert report.totals.duplicates == 1
    (papers / "bridge.txt").unlink()
    shelf.update()
    assert {(e.duplicate_of, e.same_text_as) for e in shelf.store.entries()} == {(None, "")}
