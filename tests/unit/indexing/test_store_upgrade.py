"""Libraries of the first format: nothing of them is lost; where they cannot be written, they can be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_desktop.domain import Question
from qa_desktop.errors import LibraryBusy, LibraryDamaged
from qa_desktop.indexing import store_records, words
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_lock import WriterLock
from qa_desktop.indexing.store_schema import FILE_NAME, FORMAT
from qa_desktop.indexing.store_totals import totals
from qa_desktop.indexing.vectors import VectorIndex
from qa_desktop.models.encoder import Encoder
from qa_desktop.searching.search import search
from tests.support.library import TEXTS, Shelf

# What the first format said of documents and pages.
DOCUMENTS_1 = """
CREATE TABLE documents_1 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source INTEGER NOT NULL REFERENCES sources (id),
    path TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL,
    author TEXT NOT NULL, date TEXT NOT NULL, language TEXT NOT NULL, paged INTEGER NOT NULL,
    engine TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL,
    state TEXT NOT NULL, problems TEXT NOT NULL, page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL
)"""
PAGES_1 = """
CREATE TABLE pages_1 (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (document, number)
)"""


def make_old(folder: Path) -> None:
    """Turn a library into one of the first format, as a program of that time would have left it."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    for table, made in (("documents", DOCUMENTS_1), ("pages", PAGES_1)):
        connection.execute("BEGIN")
        connection.execute(made)
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table}_1)"))
        connection.execute(f"INSERT INTO {table}_1 SELECT {columns} FROM {table}")
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"ALTER TABLE {table}_1 RENAME TO {table}")
        connection.execute("COMMIT")
    connection.execute("CREATE INDEX documents_source ON documents (source)")
    connection.execute("CREATE INDEX documents_sha256 ON documents (sha256)")
    connection.execute("DROP TABLE scans")
    connection.execute("DROP TABLE pieces")
    connection.execute("DELETE FROM meta WHERE key = 'duplicates'")
    connection.execute("UPDATE sqlite_sequence SET seq = 40 WHERE name = 'documents'")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def signs_of_all(shelf: Shelf) -> dict[int, bytes]:
    """Return what late interaction knows of each passage, by id."""
    found = shelf.store.signs(shelf.store.passage_ids().tolist())
    return {i: signs.tobytes() for i, signs in found.items()}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"minutes of meeting {number}.txt").write_text(text)  # a name that tells: it is the title
    return folder


@pytest.fixture
def shelf(tmp_path: Path, papers: Path, encoder: Encoder) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "library", encoder)
    shelf.add(papers)
    yield shelf
    shelf.close()


def test_an_old_library_is_brought_up_to_date_and_loses_nothing(shelf: Shelf, tmp_path: Path) -> None:
    before = shelf.contents()
    entries = [(e.id, e.name, e.sha256, e.state, e.problems) for e in shelf.store.entries()]
    shelf.store.close()
    make_old(tmp_path / "library")
    store = Store.open(tmp_path / "library")
    shelf.store = store
    assert shelf.contents() == before
    assert [(e.id, e.name, e.sha256, e.state, e.problems) for e in store.entries()] == entries
    assert store.words_are_sound()
    with store.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        made = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql NOT NULL")}
    fresh = Store.create(tmp_path / "fresh", {}, words.FIELDS)
    with fresh.reading() as connection:
        wanted = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql NOT NULL")}
        columns = {
            t: connection.execute(f"PRAGMA table_info({t})").fetchall() for t in ("documents", "scans")
        }
    fresh.close()
    assert made == wanted
    with store.reading() as connection:
        for table, expected in columns.items():
            assert connection.execute(f"PRAGMA table_info({table})").fetchall() == expected


def test_an_id_is_never_given_twice_over_an_upgrade(shelf: Shelf, tmp_path: Path, papers: Path) -> None:
    shelf.store.close()
    make_old(tmp_path / "library")
    shelf.store = Store.open(tmp_path / "library")
    (papers / "new.txt").write_text("A new one.\n")
    shelf.add(papers)
    assert max(e.id for e in shelf.store.entries()) == 41


def test_after_an_upgrade_an_update_reads_and_encodes_everything_again(shelf: Shelf, tmp_path: Path) -> None:
    before, pieces = shelf.contents(), signs_of_all(shelf)
    assert pieces
    shelf.store.close()
    make_old(tmp_path / "library")
    shelf.store = Store.open(tmp_path / "library")
    assert signs_of_all(shelf) == {}
    shelf.reader.paths.clear()
    report = shelf.update()
    assert len(shelf.reader.paths) == len(TEXTS)
    assert len(report.of("updated")) == len(TEXTS) - 1
    assert shelf.contents() == before
    assert sorted(signs_of_all(shelf).values()) == sorted(pieces.values())
    assert {r.reading for r in store_records.records(shelf.store).values()} == {store_records.READING}
    shelf.reader.paths.clear()
    shelf.update()
    assert shelf.reader.paths == []


def test_an_old_library_that_may_not_be_written_to_is_read_as_it_is(shelf: Shelf, tmp_path: Path) -> None:
    before = shelf.contents()
    shelf.store.close()
    make_old(tmp_path / "library")
    content = (tmp_path / "library" / FILE_NAME).read_bytes()
    store = Store.open(tmp_path / "library", read_only=True)
    shelf.store = store
    assert shelf.contents() == before
    entry = next(e for e in store.entries() if e.name == "minutes of meeting 0.txt")
    assert store.pages(entry.id)[0].text == TEXTS[0]
    assert store.page_words(entry.id, 1) == ()
    assert store.signs(store.passage_ids().tolist()) == {}
    assert totals(store).documents == len(TEXTS)
    assert store.coverage(None).searched == len(TEXTS) - 1
    assert (tmp_path / "library" / FILE_NAME).read_bytes() == content


def test_an_old_library_in_which_something_is_wrong_is_left_as_it_was(shelf: Shelf, tmp_path: Path) -> None:
    shelf.store.close()
    make_old(tmp_path / "library")
    connection = sqlite3.connect(tmp_path / "library" / FILE_NAME)
    with connection:
        connection.execute("INSERT INTO pages (document, number, label, text) VALUES (999, 1, '', 'lost')")
    connection.close()
    content = (tmp_path / "library" / FILE_NAME).read_bytes()
    with pytest.raises(LibraryDamaged):
        Store.open(tmp_path / "library")
    assert (tmp_path / "library" / FILE_NAME).read_bytes() == content


def test_an_old_library_that_is_being_written_to_is_not_touched(shelf: Shelf, tmp_path: Path) -> None:
    make_old(tmp_path / "library")
    with WriterLock(tmp_path / "library").held(), pytest.raises(LibraryBusy):
        Store.open(tmp_path / "library")
    again = Store.open(tmp_path / "library")
    assert len(again.entries()) == len(TEXTS)
    again.close()


def forget_languages(folder: Path) -> None:
    """Turn a library's word index into that of format 2, as a program of that time would have left it."""
    connection = sqlite3.connect(folder / FILE_NAME)
    with connection:
        connection.execute("CREATE VIRTUAL TABLE old USING fts5 (title, headings, body, names)")
        connection.execute(
            "INSERT INTO old (rowid, title, headings, body, names)"
            " SELECT rowid, title, headings, body, names FROM words"
        )
        connection.execute("DROP TABLE words")
        connection.execute("ALTER TABLE old RENAME TO words")
        connection.execute("DELETE FROM meta WHERE key = 'analysis'")
        connection.execute("PRAGMA user_version = 2")
    connection.close()


def test_words_of_an_earlier_analysis_are_made_anew_and_nothing_is_read(shelf: Shelf, tmp_path: Path) -> None:
    before, changes = shelf.contents(), shelf.store.changes()
    shelf.store.close()
    forget_languages(tmp_path / "library")
    shelf.store = Store.open(tmp_path / "library")
    assert shelf.contents() == before
    assert shelf.store.words_are_sound()
    assert shelf.store.changes() == changes  # vectors stay as they are
    with shelf.store.transaction() as connection:  # as a program with another analysis would leave it
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'analysis'")
        connection.execute("UPDATE words SET body = 'otherwise'")
    with shelf.store.writing():
        assert shelf.contents() == before


def test_words_of_an_earlier_analysis_are_searched_where_nothing_may_be_written(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.store.close()
    forget_languages(tmp_path / "library")
    shelf.store = Store.open(tmp_path / "library", read_only=True)
    columns = shelf.store.lexicon.columns()
    match = words.match_query("When did Vučić speak on 12 June 1999?", fields=columns)
    assert len(shelf.store.word_search(match, words.WEIGHTS[: len(columns)], 10, None)) == 2


def test_words_wait_for_another_program_that_is_writing(shelf: Shelf, tmp_path: Path) -> None:
    with shelf.store.transaction() as connection:
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'analysis'")
        connection.execute("UPDATE words SET body = 'otherwise'")
    with WriterLock(tmp_path / "library").held():
        store = Store.open(tmp_path / "library")
    assert any("otherwise" in fields for e in store.entries() for fields in store.words_of(e.id).values())
    with store.writing():
        assert store.words_are_sound()
    assert not any("otherwise" in f for e in store.entries() for f in store.words_of(e.id).values())
    store.close()


def forget_pieces(folder: Path) -> None:
    """Turn a library into one of format 3, as a program of that time would have left it."""
    connection = sqlite3.connect(folder / FILE_NAME)
    with connection:
        connection.execute("DROP TABLE pieces")
        connection.execute("UPDATE documents SET reading = 2")
        connection.execute("PRAGMA user_version = 3")
    connection.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_a_library_without_pieces_answers_and_is_completed_by_an_update(
    shelf: Shelf, tmp_path: Path, *, read_only: bool
) -> None:
    question = Question("When was the bridge over the Ibar closed?")
    pieces = signs_of_all(shelf)
    shelf.store.close()
    forget_pieces(tmp_path / "library")
    shelf.store = Store.open(tmp_path / "library", read_only=read_only)
    shelf.vectors = VectorIndex(shelf.store, shelf.identity.id, shelf.encoder.dimension)
    hits = search(question, shelf.store, shelf.vectors, shelf.encoder, None).hits
    assert hits[0].document.name == "minutes of meeting 0.txt"
    assert {hit.ranks.late_score for hit in hits} == {None}
    if not read_only:
        shelf.update()
        assert sorted(signs_of_all(shelf).values()) == sorted(pieces.values())
        hits = search(question, shelf.store, shelf.vectors, shelf.encoder, None).hits
        assert all(hit.ranks.late_score is not None for hit in hits)


def test_the_present_format_is_the_one_an_upgrade_leads_to() -> None:
    assert FORMAT == 4, "a new format needs a step in store_upgrade, and a test of it here"
