"""The database: wholly in or wholly out, exact, and honest about what it cannot read."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Page, Passage, Reference, Run, Sentence
from qa_desktop.errors import LibraryBusy, LibraryDamaged, LibraryReadOnly, LibraryTooNew, NoLibrary
from qa_desktop.indexing import store_sources, store_write, words
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import IndexedPassage, Stored
from qa_desktop.indexing.store_records import FileFacts
from qa_desktop.indexing.store_schema import FILE_NAME
from qa_desktop.indexing.store_totals import totals

TEXT = "Mr O'Brien met President Vučić in Niš.\nThe talks cost 3,000 euros.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "library", {"library": "00"}, words.FIELDS)
    yield store
    store.close()


def document(text: str = TEXT, title: str = "Talks") -> Document:
    run = Run(1, 0, len(text) - 1)
    marks = (Reference("1", Run(1, 3, 4)),)
    blocks = (
        Block(BlockKind.HEADING, (Run(1, 0, 2),), 2),
        Block(BlockKind.PARAGRAPH, (run,), label="x", locator="§ 1", references=marks),
    )
    return Document("text", title, (Page(1, text, "iv"), Page(2, "\n")), blocks, paged=True)


def passages(text: str = TEXT, title: str = "Talks") -> list[IndexedPassage]:
    first = text.index("\n")
    sentences = (
        Sentence(text[:first], (Run(1, 0, first),), 1),
        Sentence(text[first + 1 : -1], (Run(1, first + 1, len(text) - 1),), 1),
    )
    vector = np.zeros(8, dtype=np.float16)
    vector[len(text) % 8] = 1
    passage = Passage(0, "body", ("One", "Two"), sentences)
    return [IndexedPassage(passage, words.index_fields(document(text, title), passage), vector)]


def facts(store: Store, name: str = "talks.txt") -> FileFacts:
    source = store_sources.add_source(store, store.folder.parent, folder=True)
    return FileFacts(source.id, str(store.folder.parent / name), name, 10, 20, "ab")


def found(store: Store, question: str) -> list[int]:
    return [i for i, _ in store.word_search(words.match_query(question), words.WEIGHTS, 10, None)]


def test_what_is_put_in_comes_out_letter_for_letter(store: Store) -> None:
    original = document()
    identity = store_write.put(store, facts(store), original, passages())
    assert store.pages(identity) == original.pages
    assert store.blocks(identity) == original.blocks
    (passage,) = store.passages(store.passage_ids().tolist()).values()
    assert replace(passage, id=0, document_id=0) == passages()[0].passage
    entry = store.entry(identity)
    assert (entry.name, entry.title, entry.pages, entry.passages) == ("talks.txt", "Talks", 2, 1)
    assert entry.state == "searchable"


@pytest.mark.parametrize("question", ["Who met Vucic?", "Вучић", "What did O'Brien do?", "3000", "talking"])
def test_words_are_found_however_they_are_written(store: Store, question: str) -> None:
    store_write.put(store, facts(store), document(), passages())
    assert found(store, question)
    assert not found(store, "unrelated zebra")


def test_a_replaced_document_keeps_its_id_and_leaves_nothing_behind(store: Store) -> None:
    first = store_write.put(store, facts(store), document(), passages())
    before = store.passage_ids().tolist()
    text = "Nothing is left of it.\nReally.\n"
    again = store_write.put(store, facts(store), document(text), passages(text), first)
    assert again == first
    assert not set(before) & set(store.passage_ids().tolist())
    assert not found(store, "Vucic")
    assert found(store, "really")
    assert store.words_are_sound()


def test_a_removed_document_leaves_nothing_behind(store: Store) -> None:
    identity = store_write.put(store, facts(store), document(), passages())
    store_write.remove(store, identity)
    assert store.entries() == ()
    assert store.pages(identity) == ()
    assert store.passage_ids().tolist() == []
    assert found(store, "Vucic") == []
    with pytest.raises(KeyError):
        store.entry(identity)


def test_a_failure_in_the_middle_changes_nothing(store: Store) -> None:
    identity = store_write.put(store, facts(store), document(), passages())
    changes = store.changes()
    broken = [*passages("A\nB\n"), *passages("A\nB\n")]  # two passages cannot have one place
    with pytest.raises(sqlite3.IntegrityError):
        store_write.put(store, facts(store), document("A\nB\n"), broken, identity)
    assert store.pages(identity) == document().pages
    assert found(store, "Vucic")
    assert store.changes() == changes


def test_search_keeps_to_the_documents_it_is_given(store: Store) -> None:
    one = store_write.put(store, facts(store, "1"), document(), passages())
    two = store_write.put(store, facts(store, "2"), document(), passages())
    match = words.match_query("Vucic")
    for scope, expected in [({one}, [one]), ({two}, [two]), (set(), []), ({one, two}, [one, two])]:
        hits = store.word_search(match, words.WEIGHTS, 10, frozenset(scope))
        owners = [store.passages([i])[i].document_id for i, _ in hits]
        assert sorted(owners) == expected


def test_unreadable_files_are_listed_and_counted(store: Store) -> None:
    store_write.put_file(store, facts(store), [Stored("talks.pdf", FileProblem("encrypted", "AES"))])
    (entry,) = store.entries()
    assert entry.state == "unreadable"
    assert entry.problems == (FileProblem("encrypted", "AES"),)
    held = totals(store)
    assert (held.documents, held.searchable) == (1, 0)


# ------------------------------------------------------------------------------------------ opening


def test_an_empty_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        Store.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_library_of_a_newer_version_is_left_alone(store: Store) -> None:
    file = store.folder / FILE_NAME
    store.close()
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(LibraryTooNew, match="99"):
        Store.open(store.folder)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"This is a letter. " * 400, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_named_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(LibraryDamaged):
        Store.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("CREATE TABLE songs (title)")
    connection.close()
    with pytest.raises(LibraryDamaged):
        Store.open(tmp_path)


def test_a_database_cut_short_is_named_damaged(store: Store) -> None:
    for number in range(40):
        store_write.put(store, facts(store, str(number)), document(), passages())
    file = store.folder / FILE_NAME
    store.close()
    file.write_bytes(file.read_bytes()[:9000])
    with pytest.raises(LibraryDamaged):
        Store.open(store.folder).entries()


# ------------------------------------------------------------------------------------------ one writer


def test_one_program_at_a_time_may_write(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from qa_desktop.indexing.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "with store.writing():\n    print('held', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(store.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LibraryBusy), store.writing():
            pass
        assert totals(store).documents == 0  # reading goes on
        other.kill()  # and a writer that dies lets go
    with store.writing():
        pass


def test_a_library_opened_for_reading_is_not_written_to(store: Store) -> None:
    store_write.put(store, facts(store), document(), passages())
    before = (store.folder / FILE_NAME).read_bytes()
    reader = Store.open(store.folder, read_only=True)
    assert found(reader, "Vucic")
    with pytest.raises(LibraryReadOnly), reader.writing():
        pass
    with pytest.raises(LibraryReadOnly):
        store_write.remove(reader, 1)
    reader.close()
    assert (store.folder / FILE_NAME).read_bytes() == before


def test_a_power_cut_in_the_middle_of_a_write_is_undone(store: Store) -> None:
    identity = store_write.put(store, facts(store), document(), passages())
    code = (
        "import os, sys; from pathlib import Path; from qa_desktop.indexing.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "with store.transaction() as connection:\n"
        "    connection.execute('PRAGMA cache_size = 1')\n"  # so that the file itself is being changed
        "    connection.execute(\"UPDATE pages SET text = 'gone'\")\n"
        "    connection.executemany('INSERT INTO meta VALUES (?, ?)', ((n, 'x' * 999) for n in range(999)))\n"
        "    os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(store.folder)], check=False)
    assert (store.folder / f"{FILE_NAME}-journal").stat().st_size > 0
    again = Store.open(store.folder)
    assert again.pages(identity) == document().pages
    assert len(again.meta()) < 10
    again.close()


def test_a_power_cut_while_a_library_is_made_leaves_none(tmp_path: Path) -> None:
    code = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size = 1')\n"  # so that the file itself is being written
        "connection.execute('BEGIN IMMEDIATE')\n"
        "connection.execute('CREATE TABLE meta (key TEXT, value TEXT)')\n"
        "connection.executemany('INSERT INTO meta VALUES (?, ?)', ((n, 'x' * 999) for n in range(999)))\n"
        "os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / FILE_NAME)], check=False)
    assert (tmp_path / FILE_NAME).stat().st_size > 0
    with pytest.raises(NoLibrary):
        Store.open(tmp_path)
    made = Store.create(tmp_path, {"library": "00"}, words.FIELDS)
    assert made.entries() == ()
    made.close()
