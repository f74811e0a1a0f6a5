"""What changes a library's database: one transaction per file, with all documents inside it.

Every function opens its own transaction and counts it in `changes`, by which derived data knows that it is
out of date.  The caller holds `Store.writing`.
"""

# ruff: noqa: S608 -- what is put into a statement by formatting stands in this program, never in a document
from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qa_desktop.domain import Document, FileProblem
from qa_desktop.indexing import store_rows as rows
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import IndexedPassage, Stored, facts_as_columns, item_as_columns
from qa_desktop.indexing.store_records import FileFacts
from qa_desktop.indexing.store_schema import recreate_words
from qa_desktop.indexing.store_words import columns_of, put_words


def put(
    store: Store,
    facts: FileFacts,
    document: Document,
    passages: Sequence[IndexedPassage],
    replaces: int | None = None,
) -> int:
    """Put a file in that has no documents inside it, as `put_file` does; return its id."""
    return put_file(store, facts, [Stored(facts.name, document, passages)], replaces)[0]


def put_file(
    store: Store, facts: FileFacts, items: Sequence[Stored], replaces: int | None = None, engine: str = ""
) -> list[int]:
    """Put a file in with all documents inside it, or in place of the file with the id `replaces`.

    The first of `items` is the file itself, and each other one comes after what it lies in.  `engine` is
    recorded for what could not be read.  Returns their ids; what has the name it had keeps its id.
    """
    with store.transaction() as connection:
        earlier: dict[str, int] = {}
        if replaces is not None:
            earlier = _ids_inside(connection, replaces)
            _clear(connection, replaces)
            connection.execute("DELETE FROM documents WHERE parent = ?", (replaces,))
        ids: dict[tuple[int, ...], int] = {}
        for item in items:
            values = {
                **facts_as_columns(replace(facts, name=item.name)),
                **item_as_columns(item, engine),
                "parent": ids[item.inside[:-1]] if item.inside else None,
            }
            if item.inside:
                values["id"] = earlier.get(item.name[len(facts.name) :])
                ids[item.inside] = _insert(connection, values)
            elif replaces is None:
                ids[()] = _insert(connection, values)
            else:
                _update(connection, replaces, values)
                ids[()] = replaces
            if isinstance(item.outcome, Document):
                _put_content(connection, ids[item.inside], item.outcome, item.passages)
        count_change(connection)
    return list(ids.values())


def set_problems(store: Store, document: int, problems: Iterable[FileProblem], state: str) -> None:
    """Record what is wrong with a document whose text stays as it is."""
    with store.transaction() as connection:
        _update(connection, document, {"problems": rows.dump_problems(problems), "state": state})
        count_change(connection)


def set_facts(store: Store, document: int, facts: FileFacts, names: Mapping[int, str] | None = None) -> None:
    """Record that a file whose text stays as it is lies elsewhere, or has another date.

    `names` are the new names of the documents inside it, by id.
    """
    with store.transaction() as connection:
        values = facts_as_columns(facts)
        del values["scans"]  # it was not read again
        inside = _ids_inside(connection, document)
        _update(connection, document, values)
        del values["name"]
        for identity in inside.values():
            _update(connection, identity, values)
        for identity, name in (names or {}).items():
            _update(connection, identity, {"name": name})
        count_change(connection)


def set_duplicates(store: Store, earliest: Mapping[int, int]) -> None:
    """Record which documents have the same text as an earlier one: its id, by their ids."""
    with store.transaction() as connection:
        connection.execute("UPDATE documents SET duplicate_of = NULL WHERE duplicate_of IS NOT NULL")
        connection.executemany(
            "UPDATE documents SET duplicate_of = ? WHERE id = ?", ((of, i) for i, of in earliest.items())
        )


def remove(store: Store, document: int) -> None:
    """Take a document out, with everything that belongs to it and all documents inside it.

    Where it lies in a file that stays, that file is read again at the next update.
    """
    with store.transaction() as connection:
        connection.execute(
            "UPDATE documents SET reading = 0 WHERE inside = '' AND id <> ?"
            " AND path = (SELECT path FROM documents WHERE id = ?)",
            (document, document),
        )
        _clear(connection, document)
        connection.execute("DELETE FROM documents WHERE id = ?", (document,))
        count_change(connection)


def replace_words(store: Store, fields: Mapping[int, Sequence[str]]) -> None:
    """Write the word index again: the strings per column for each passage id."""
    with store.transaction() as connection:
        recreate_words(connection, columns_of(connection))
        put_words(connection, fields)


def set_meta(store: Store, values: Mapping[str, str]) -> None:
    """Record what the library says about itself."""
    with store.transaction() as connection:
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())


def count_change(connection: sqlite3.Connection) -> None:
    """Make derived data out of date."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'changes'")


# A document and all documents inside it, whatever the depth.
_FAMILY = """
WITH RECURSIVE family (id) AS (
    VALUES (?) UNION SELECT documents.id FROM documents JOIN family ON documents.parent = family.id
)
"""


def _insert(connection: sqlite3.Connection, values: Mapping[str, object]) -> int:
    columns = ", ".join(values)
    cursor = connection.execute(
        f"INSERT INTO documents ({columns}) VALUES ({', '.join(f':{c}' for c in values)})", values
    )
    return int(cursor.lastrowid or 0)


def _update(connection: sqlite3.Connection, document: int, values: Mapping[str, object]) -> None:
    connection.execute(
        f"UPDATE documents SET {', '.join(f'{c} = :{c}' for c in values)} WHERE id = :document",
        {**values, "document": document},
    )


def _ids_inside(connection: sqlite3.Connection, document: int) -> dict[str, int]:
    """Return the ids of the documents inside a file, by their names without the file's."""
    found = connection.execute(
        f"{_FAMILY} SELECT substr(name, 1 + length((SELECT name FROM documents WHERE id = ?))), id"
        " FROM documents WHERE id IN family AND id <> ?",
        (document, document, document),
    )
    return dict(found.fetchall())


def _put_content(
    connection: sqlite3.Connection, identity: int, document: Document, passages: Sequence[IndexedPassage]
) -> None:
    connection.executemany(
        "INSERT INTO pages (document, number, label, text, words, confidence) VALUES (?, ?, ?, ?, ?, ?)",
        (rows.dump_page(identity, p) for p in document.pages),
    )
    connection.executemany(
        "INSERT INTO blocks (document, ordinal, kind, level, label, locator, runs, marks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (rows.dump_block(identity, n, b) for n, b in enumerate(document.blocks)),
    )
    fields: dict[int, tuple[str, ...]] = {}
    signs: list[tuple[int, int, bytes]] = []
    for item in passages:
        vector = item.vector.astype("<f2").tobytes()
        cursor = connection.execute(
            "INSERT INTO passages (document, ordinal, kind, headings, sentences, vector)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            rows.dump_passage(identity, item.passage, vector),
        )
        own = int(cursor.lastrowid or 0)
        fields[own] = item.fields
        if item.signs is not None:
            signs.append((own, len(item.signs), item.signs.tobytes()))
    put_words(connection, fields)
    connection.executemany("INSERT INTO pieces (passage, count, signs) VALUES (?, ?, ?)", signs)


def _clear(connection: sqlite3.Connection, document: int) -> None:
    """Take out the text of a document and of all documents inside it."""
    connection.execute(
        f"{_FAMILY} DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE document IN family)",
        (document,),
    )
    for table in ("passages", "blocks", "pages"):
        connection.execute(f"{_FAMILY} DELETE FROM {table} WHERE document IN family", (document,))
