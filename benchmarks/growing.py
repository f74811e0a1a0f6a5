"""A library made larger out of itself: its own sentences put together anew, its own vectors disturbed.

How often words occur decides what a search costs, so sentences stay whole and are drawn as often as each
other.  What is lost is that a larger library has more rare words; what a rare word costs is little.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa_desktop.domain import Block, BlockKind, Document, DocumentEntry, Page, Passage, Run, Sentence
from qa_desktop.indexing import store_sources, store_write, words
from qa_desktop.indexing.store import Store
from qa_desktop.indexing.store_items import IndexedPassage
from qa_desktop.indexing.store_records import FileFacts
from qa_desktop.indexing.store_schema import FILE_NAME

PER_DOCUMENT = 10
NOISE = 0.5  # length of what is added to a vector of unit length


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, what the word index holds of it, and vector and signs of the passage it stands in."""

    text: str
    fields: tuple[str, ...]
    vector: NDArray[np.float32]
    signs: NDArray[np.uint8]


def grow(source: Path, target: Path, count: int) -> None:
    """Copy the library in `source` to `target`, and add to the copy until it has `count` passages."""
    target.mkdir(parents=True)
    shutil.copy(source / FILE_NAME, target / FILE_NAME)
    store = Store.open(target)
    try:
        with store.writing():
            with store.reading() as connection:  # the one connection of this thread; nothing here is to last
                connection.execute("PRAGMA synchronous = OFF")
            _fill(store, count)
    finally:
        store.close()


def _fill(store: Store, count: int) -> None:
    dice, noise = random.Random(7), np.random.default_rng(7)  # noqa: S311  not for secrets
    entries = [e for e in store.entries() if e.passages]
    pieces = [piece for entry in entries for piece in _pieces(store, entry)]
    lengths = [len(p.sentences) for e in entries for p, _ in store.passages_with_vectors(e.id)]
    folder = store_sources.add_source(store, store.folder, folder=True)
    have = sum(e.passages for e in entries)
    for number in range(max(0, -(-(count - have) // PER_DOCUMENT))):
        entry = dice.choice(entries)
        size = min(PER_DOCUMENT, count - have - number * PER_DOCUMENT)
        chosen = [dice.choices(pieces, k=dice.choice(lengths)) for _ in range(size)]
        name = f"grown {number}"
        document, items = _document(entry, chosen, noise)
        path = str(store.folder / name)
        store_write.put(store, FileFacts(folder.id, path, name, 1, 1, name), document, items)


def _pieces(store: Store, entry: DocumentEntry) -> Iterable[_Piece]:
    found = store.passages_with_vectors(entry.id)
    signs = store.signs([passage.id for passage, _ in found])
    for passage, vector in found:
        for sentence in passage.sentences:
            alone = Passage(0, passage.kind, (), (sentence,))
            fields = words.index_fields(entry, alone)
            yield _Piece(sentence.text, fields, vector.astype(np.float32), signs[passage.id])


def _document(
    entry: DocumentEntry, chosen: Sequence[Sequence[_Piece]], noise: np.random.Generator
) -> tuple[Document, list[IndexedPassage]]:
    """Return a document with a passage for each of `chosen`, with the title of `entry`."""
    text, blocks, items = "", [], []
    for ordinal, pieces in enumerate(chosen):
        begin, sentences = len(text), []
        for piece in pieces:
            sentences.append(Sentence(piece.text, (Run(1, len(text), len(text) + len(piece.text)),), ordinal))
            text += piece.text + "\n"
        blocks.append(Block(BlockKind.PARAGRAPH, (Run(1, begin, len(text) - 1),)))
        title, headings, *_, about = pieces[0].fields
        joined = [" ".join(filter(None, (p.fields[column] for p in pieces))) for column in (2, 3, 4)]
        vector = pieces[0].vector + _direction(noise, len(pieces[0].vector)) * NOISE
        vector /= np.linalg.norm(vector)
        passage = Passage(ordinal, "body", (), tuple(sentences))
        fields = (title, headings, *joined, about)
        items.append(IndexedPassage(passage, fields, vector.astype(np.float16), pieces[0].signs))
    document = Document(
        "text",
        entry.title,
        (Page(1, text),),
        tuple(blocks),
        author=entry.author,
        date=entry.date,
        language=entry.language,
    )
    return document, items


def _direction(noise: np.random.Generator, dimension: int) -> NDArray[np.float32]:
    drawn = noise.normal(size=dimension).astype(np.float32)
    return drawn / np.float32(np.linalg.norm(drawn))
