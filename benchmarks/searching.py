"""What finding costs apart from the models, in libraries of many passages.

    python -m benchmarks.searching [FOLDER_OR_LIBRARY] [--passages 10000 100000] [--questions FILE]

FOLDER_OR_LIBRARY holds documents, or a library that is copied and never written to (by default, the
demonstration documents).  The copy is grown out of its own sentences to as many passages as are asked for, in
a temporary folder.  FILE has a question a line, as JSON with the key "question".  Each question is asked
twice, and the second time counts, once all were asked for the first.  Prints a table in Markdown; "search" is
what lies between the encoded question and the cross-encoder.  Exit status 1 if its median misses its mark.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil

from benchmarks.encoding import print_table
from benchmarks.growing import grow
from qa_desktop import confine, paths
from qa_desktop.indexing.store_schema import FILE_NAME
from qa_desktop.library import Library
from qa_desktop.library.loading import Models
from qa_desktop.library.opening import open_store
from qa_desktop.models.encoder import EncodedText
from qa_desktop.searching.fuse import reciprocal_rank_fusion
from qa_desktop.searching.late import late_scores, weights_of
from qa_desktop.searching.search import Plan
from qa_desktop.searching.wording import word_question

MARKS = ((10_000, 20.0), (100_000, 60.0))
"""Passages, and the most milliseconds that the median search may take in libraries up to that size."""

SEARCH = ("words", "vectors", "passages", "entries", "late interaction")
"""The pieces that make up a search."""

Result = TypeVar("Result")
Times = dict[str, list[float]]


def questions_in(file: Path) -> list[str]:
    """Return the questions of a file, one a line as JSON."""
    return [json.loads(line)["question"] for line in file.read_text("utf-8").splitlines() if line.strip()]


@contextmanager
def timed(times: Times, piece: str) -> Iterator[None]:
    """Add the milliseconds of the block to `times`."""
    start = time.perf_counter()
    yield
    times[piece].append((time.perf_counter() - start) * 1000)


def measure(folder: Path, questions: Sequence[str], asked: Sequence[EncodedText]) -> tuple[Times, float]:
    """Return the milliseconds of every piece and the megabytes that the open library takes.

    `asked` are the questions as the encoder sees them.
    """
    from qa_desktop.indexing.vectors import VectorIndex

    here = psutil.Process()
    times: Times = defaultdict(list)
    import faiss  # noqa: F401  not to be counted

    before = here.memory_info().rss
    with timed(times, "opening"):
        store, identity = open_store(folder, create=False, encoder=None, read_only=True)
        vectors = VectorIndex(store, identity.id, identity.dimension)
    with timed(times, "opening: vectors"):
        vectors.load()
    with timed(times, "opening: list of words"):
        store.lexicon.load()
    plan = Plan()
    for turn in ("first", "second"):
        if turn == "second":
            times = defaultdict(list, {k: v for k, v in times.items() if k.startswith("opening")})
        for question, encoded in zip(questions, asked, strict=True):
            with timed(times, "wording"):
                wording = word_question(question, store.lexicon)
            with timed(times, "vectors"):
                by_meaning = vectors.search(encoded.vector, plan.depth)
            with timed(times, "words"):
                by_words = store.word_search(wording.match, wording.weights, plan.depth)
            orders = [[i for i, _ in by_meaning], [i for i, _ in by_words]]
            order = list(reciprocal_rank_fusion(orders))[: plan.pool]
            with timed(times, "passages"):
                passages = store.passages(order)
            with timed(times, "entries"):
                for document in {p.document_id for p in passages.values()}:
                    store.entry(document)
            with timed(times, "late interaction"):
                weights = weights_of(question, encoded, wording.language)
                late_scores(encoded, weights, order, store.signs(order))
            with timed(times, "coverage"):
                store.coverage(None)
    times["search"] = [sum(pieces) for pieces in zip(*(times[piece] for piece in SEARCH), strict=True)]
    megabytes = (here.memory_info().rss - before) / 1e6
    store.close()
    return dict(times), megabytes


def alone(work: Callable[..., Result], *arguments: object) -> Result:
    """Return what `work` returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def encoded_by(library: Path, questions: Sequence[str]) -> list[EncodedText]:
    """Return `questions` as the encoder of a library sees them."""
    store, identity = open_store(library, create=False, encoder=None, read_only=True)
    store.close()
    encoder = Models(identity, library).encoder()
    return [encoder.read_question(question) for question in questions]


def save_vectors(folder: Path) -> None:
    """Leave the file of vectors beside the library, as adding documents does."""
    from qa_desktop.indexing.vectors import VectorIndex

    store, identity = open_store(folder, create=False, encoder=None, read_only=False)
    VectorIndex(store, identity.id, identity.dimension).save()
    store.close()


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", nargs="?", type=Path, default=paths.demonstration_documents())
    parser.add_argument("--passages", type=int, nargs="+", default=[count for count, _ in MARKS])
    parser.add_argument("--questions", type=Path, default=paths.bundled("corpus/questions.jsonl"))
    arguments = parser.parse_args()
    confine.silence_telemetry()
    questions = questions_in(arguments.questions)
    fast = True
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = alone(library_of, arguments.source, place / "source")
        asked = alone(encoded_by, source, questions)
        for count in arguments.passages:
            grow(source, place / str(count), count)
            alone(save_vectors, place / str(count))
            times, megabytes = alone(measure, place / str(count), questions, asked)
            fast &= show(count, times, megabytes)
    return 0 if fast else 1


def show(count: int, times: Times, megabytes: float) -> bool:
    """Print what was measured; tell whether the mark was reached."""
    mark = next((most for passages, most in MARKS if count <= passages), MARKS[-1][1])
    rows = [(f"{piece}, ms", f"{times[piece][0]:.0f}") for piece in times if len(times[piece]) == 1]
    for piece in ("wording", *SEARCH, "coverage", "search"):
        middle, most = statistics.median(times[piece]), float(np.percentile(times[piece], 95))
        name = f"{piece} (at most {mark:.0f})" if piece == "search" else piece
        rows.append((f"{name}, ms: median, 95 %", f"{middle:.1f}, {most:.1f}"))
    rows.append(("memory of the open library, MB", f"{megabytes:.0f}"))
    print(f"\n{count} passages, {len(times['search'])} questions\n")
    print_table(rows)
    sys.stdout.flush()
    return statistics.median(times["search"]) <= mark


def library_of(source: Path, folder: Path) -> Path:
    """Return `source` if it is a library, else one of the documents in it, made in `folder`."""
    if (source / FILE_NAME).exists():
        return source
    with Library.open(folder, create=True) as library:
        library.add([source])
    return folder


if __name__ == "__main__":
    sys.exit(main())
