"""Between the domain's types and the rows of the database: compact JSON for places, float16 for vectors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from qa_desktop.domain import (
    Block,
    BlockKind,
    DocumentEntry,
    FileProblem,
    Page,
    Passage,
    Reference,
    Run,
    Sentence,
)
from qa_desktop.indexing.scanned_words import dump_words, load_words, mean_confidence

SELECT_ENTRY = """
SELECT id, name, path, kind, title, author, date, paged, page_count, passage_count,
    CASE WHEN parent IS NULL THEN size ELSE 0 END, sha256, state, problems, language, origins, parent, inside,
    place, scanned_count, confidence, duplicate_of,
    coalesce((SELECT earliest.name FROM documents AS earliest WHERE earliest.id = documents.duplicate_of), '')
FROM documents
"""


def dump(value: object) -> str:
    """Return `value` as JSON without a blank too many."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def among(documents: frozenset[int] | None, passages: frozenset[int] | None) -> tuple[str, list[str]]:
    """Return what keeps the rows of `words` to documents and passages (None: to all), and its values."""
    condition, values = "", []
    of_documents = "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?))"
    for wanted, ids in ((documents, of_documents), (passages, "SELECT value FROM json_each(?)")):
        if wanted is not None:
            condition += f" AND +rowid IN ({ids})"  # plus: once for all, not a search for each
            values.append(dump(sorted(wanted)))
    return condition, values


def dump_runs(runs: Iterable[Run]) -> list[list[int]]:
    """Return runs as lists of page, start and end."""
    return [[r.page, r.start, r.end] for r in runs]


def load_runs(rows: Iterable[Sequence[int]]) -> tuple[Run, ...]:
    """Return what `dump_runs` was given."""
    return tuple(Run(page, start, end) for page, start, end in rows)


def dump_problems(problems: Iterable[FileProblem]) -> str:
    """Return problems as JSON."""
    return dump([[p.reason, p.detail, p.part] for p in problems])


def load_problems(text: str) -> tuple[FileProblem, ...]:
    """Return what `dump_problems` was given."""
    return tuple(FileProblem(*p) for p in json.loads(text))


def dump_inside(inside: Iterable[int]) -> str:
    """Return an index path as text: "0/2", empty for a file itself."""
    return "/".join(map(str, inside))


def load_inside(text: str) -> tuple[int, ...]:
    """Return what `dump_inside` was given."""
    return tuple(map(int, text.split("/"))) if text else ()


def load_entry(row: Sequence[Any]) -> DocumentEntry:
    """Return the entry of a row of `SELECT_ENTRY`."""
    values = list(row)
    values[7] = bool(row[7])
    values[13] = load_problems(row[13])
    values[15] = tuple((what, where) for what, where in json.loads(row[15]))
    values[17] = load_inside(row[17])
    return DocumentEntry(*values)


def dump_block(document: int, ordinal: int, block: Block) -> tuple[object, ...]:
    """Return the row of a block, without its id."""
    return (
        document,
        ordinal,
        block.kind.value,
        block.level,
        block.label,
        block.locator,
        dump(dump_runs(block.runs)),
        dump([[r.label, r.run.page, r.run.start, r.run.end] for r in block.references]),
    )


def load_block(row: Sequence[Any]) -> Block:
    """Return the block of a row with kind, level, label, locator, runs and marks."""
    kind, level, label, locator, runs, marks = row
    references = tuple(Reference(m[0], Run(*m[1:])) for m in json.loads(marks))
    return Block(BlockKind(kind), load_runs(json.loads(runs)), level, label, locator, references)


def dump_passage(document: int, passage: Passage, vector: bytes) -> tuple[object, ...]:
    """Return the row of a passage, without its id."""
    sentences = [[s.text, dump_runs(s.runs), s.block] for s in passage.sentences]
    return (document, passage.ordinal, passage.kind, dump(passage.headings), dump(sentences), vector)


def load_passage(row: Sequence[Any]) -> Passage:
    """Return the passage of a row with id, document, ordinal, kind, headings and sentences."""
    identity, document, ordinal, kind, headings, sentences = row
    return Passage(
        ordinal,
        kind,
        tuple(json.loads(headings)),
        tuple(Sentence(text, load_runs(runs), block) for text, runs, block in json.loads(sentences)),
        identity,
        document,
    )


def dump_page(document: int, page: Page) -> tuple[object, ...]:
    """Return the row of a page, without its id."""
    words = dump_words(page.words)
    return (document, page.number, page.label, page.text, words, mean_confidence(page.words))


def load_page(row: Sequence[Any]) -> Page:
    """Return the page of a row with number, text, label and words."""
    number, text, label, words = row
    return Page(number, text, label, load_words(words))
