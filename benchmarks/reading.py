"""How true and how fast PDFs are read.

    python -m benchmarks.reading [FOLDER] [--engines NAME,NAME…] [--passages] [--worst N]

FOLDER holds the PDFs (by default, the demonstration documents).

Truth: there is no correct text to compare with, so the majority of independent engines stands for it.  For
each page, the words of our text (every character in a block that is not hidden, in the order in which the
page is stored) are compared with those words that more than half of the engines find, each counted as often
as more than half of them find it; F1 is twice the shared words over the sum of both.  The same over pairs of
neighbouring words tells whether the order is right.  Both are means over all pages on which most engines find
a word.  A second order counts the pairs of our blocks as they are read: tables row by row, notes behind the
text.  Words are compared after NFKC and case folding, a hyphen inside a word or at a line's end left out.
Engines are those that can be found: pypdfium2 (raw) and pypdf come with the program; pdfminer.six, playa-pdf,
pdf_oxide and PyMuPDF from wherever Python finds them, pdftotext from the PATH.  None of them is needed
otherwise.

Speed: processor seconds of this process from the file to its passages, without the encoder's tokenizer and
with it, the better of two runs, and for comparison those of pdfium alone, which opens each page and gives its
text.  With --passages, the passages are encoded, too, which gives the reader's share of the time to add a
file.

Prints tables in Markdown.  Exit status 1 below 0.99 for words, 0.98 for order, or 100 pages per second in any
file of four pages or more.
"""

from __future__ import annotations

import argparse
import logging
import math
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks.encoding import print_table
from benchmarks.engines import by_pdfium, present, texts_by
from qa_desktop import paths
from qa_desktop.domain import BlockKind, Document
from qa_desktop.indexing.cut import cut, encoder_text
from qa_desktop.indexing.recipe import Recipe
from qa_desktop.models import load_encoder, registry
from qa_desktop.models.encoder import Encoder
from qa_desktop.reading.pdf.read import read_pdf
from qa_desktop.reading.problems import Unreadable

WORDS_FLOOR, ORDER_FLOOR, PACE_FLOOR, SHARE_CEILING = 0.99, 0.98, 100.0, 0.15
FEWEST_PAGES = 4  # of a file whose speed counts: opening one takes as long as a page

_HYPHEN = re.compile("(?<=\\w)[-\u2010\u00ad\x02\ufffe]\\s*(?=\\w)|\u00ad")
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """Return the words of a text in the form in which they are compared."""
    return _WORD.findall(_HYPHEN.sub("", unicodedata.normalize("NFKC", text)).casefold())


def majority(counts: Sequence[Counter[str]]) -> Counter[str]:
    """Return what more than half of the counts hold, as often as more than half of them hold it."""
    needed = len(counts) // 2
    items = {item for count in counts for item in count}
    found = {item: sorted((count[item] for count in counts), reverse=True)[needed] for item in items}
    return Counter({item: times for item, times in found.items() if times})


def f1(ours: Counter[str], truth: Counter[str]) -> float:
    """Return twice what both share over the sum of both; 1 if both are empty."""
    whole = ours.total() + truth.total()
    return 2 * (ours & truth).total() / whole if whole else 1.0


def pairs(words: Sequence[str]) -> Counter[str]:
    """Count neighbouring words."""
    return Counter(" ".join(pair) for pair in pairwise(words))


def stored_order(document: Document) -> list[str]:
    """Return each page's characters that lie in a block, in the order in which they are stored."""
    inside = [bytearray(len(page.text)) for page in document.pages]
    for block in document.blocks:
        if block.kind is BlockKind.ASIDE and block.label == "hidden":
            continue
        for run in [*block.runs, *(reference.run for reference in block.references)]:
            inside[run.page - 1][run.start : run.end] = b"\1" * (run.end - run.start)
    return [
        "".join(c for c, shown in zip(page.text, marks, strict=True) if shown or c.isspace())
        for page, marks in zip(document.pages, inside, strict=True)
    ]


def reading_order(document: Document) -> list[str]:
    """Return each page's characters in the order of its blocks."""
    pieces: list[list[str]] = [[] for _ in document.pages]
    for block in document.blocks:
        for run in block.runs:
            pieces[run.page - 1].append(document.pages[run.page - 1].text[run.start : run.end])
        pieces[block.runs[-1].page - 1].append("\n")
    return ["".join(page) for page in pieces]


@dataclass(frozen=True, slots=True)
class Truth:
    """How far one page agrees with the majority: F1 of words, of pairs as stored, and as read."""

    file: str
    page: int
    words: float
    stored: float
    read: float


def compare(path: Path, document: Document, engines: Iterable[str]) -> Iterator[Truth]:
    """Compare each page of a document with what the engines find."""
    found = [texts for name in engines if (texts := texts_by(name, path, len(document.pages)))]
    ours = list(zip(stored_order(document), reading_order(document), strict=True))
    for number, (stored, read) in enumerate(ours, start=1):
        theirs = [words_of(texts[number - 1]) for texts in found]
        truth = majority([Counter(words) for words in theirs])
        if not truth:
            continue
        order = majority([pairs(words) for words in theirs])
        words = words_of(stored)
        yield Truth(
            path.name,
            number,
            f1(Counter(words), truth),
            f1(pairs(words), order),
            f1(pairs(words_of(read)), order),
        )


def pace(path: Path, count: Callable[[str], int]) -> tuple[Document, float, float, int]:
    """Return the document, the processor seconds to its passages without and with counting, their number."""
    plain, full = [], []
    for _ in range(2):
        began = time.process_time()
        document = read_pdf(path)
        read = time.process_time()
        cut(document, Recipe(), lambda text: len(text) // 5)
        done = time.process_time()
        passages = cut(document, Recipe(), count)
        plain.append(done - began)
        full.append(read - began + time.process_time() - done)
    return document, min(plain), min(full), len(passages)


def share(path: Path, reading: float, encoder: Encoder) -> float:
    """Return the share of `reading` seconds in all processor seconds to read and to encode a file."""
    document = read_pdf(path)
    texts = [encoder_text(document, p) for p in cut(document, Recipe(), encoder.count_tokens)]
    began = time.process_time()
    encoder.encode_passages(texts)
    return reading / (reading + time.process_time() - began)


def alone(path: Path) -> float:
    """Return the processor seconds of pdfium alone."""
    began = time.process_time()
    by_pdfium(path)
    return time.process_time() - began


@dataclass(slots=True)
class Sums:
    """What is added up over all files."""

    truths: list[Truth] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    paces: list[float] = field(default_factory=list)
    seconds: float = 0.0
    files: int = 0
    pages: int = 0

    def add(self, path: Path, engines: Sequence[str], encoder: Encoder, *, encode: bool) -> None:
        """Measure one file and print its row."""
        try:
            document, plain, full, passages = pace(path, encoder.count_tokens)
        except Unreadable as error:
            print(f"| {path.name} | {error.problem.reason} | | | | | | | |", flush=True)
            return
        found = list(compare(path, document, engines))
        pages = len(document.pages)
        self.truths += found
        self.seconds += plain
        self.pages += pages
        self.files += 1
        if pages >= FEWEST_PAGES:
            self.paces.append(pages / plain)
        if encode:
            self.shares.append(share(path, plain, encoder))
        truth = [_mean(t.words for t in found), _mean(t.stored for t in found), _mean(t.read for t in found)]
        speed = [pages / plain, pages / full, pages / alone(path)]
        cells = [path.name, pages, passages, *(f"{f:.4f}" for f in truth), *(f"{f:.0f}" for f in speed)]
        print(f"| {' | '.join(map(str, cells))} |", flush=True)

    def rows(self) -> list[tuple[str, str]]:
        """Return the figures over all files."""
        rows = [
            ("files, pages", f"{self.files}, {self.pages}"),
            (f"words, F1 (at least {WORDS_FLOOR})", f"{_mean(t.words for t in self.truths):.4f}"),
            (f"order, F1 (at least {ORDER_FLOOR})", f"{_mean(t.stored for t in self.truths):.4f}"),
            ("order as read, F1", f"{_mean(t.read for t in self.truths):.4f}"),
            ("pages per processor second", f"{self.pages / max(self.seconds, 1e-9):.0f}"),
            (f"slowest file (at least {PACE_FLOOR:.0f})", f"{min(self.paces, default=math.inf):.0f}"),
        ]
        if self.shares:
            rows.append((f"reader's share, largest (below {SHARE_CEILING})", f"{max(self.shares):.3f}"))
        return rows

    def reached(self) -> bool:
        """Tell whether every mark was reached."""
        return (
            _mean(t.words for t in self.truths) >= WORDS_FLOOR
            and _mean(t.stored for t in self.truths) >= ORDER_FLOOR
            and min(self.paces, default=math.inf) >= PACE_FLOOR
            and max(self.shares, default=0.0) < SHARE_CEILING
        )


def main() -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=paths.demonstration_documents())
    parser.add_argument("--engines", default=",".join(present()))
    parser.add_argument("--passages", action="store_true", help="encode them, too")
    parser.add_argument("--worst", type=int, default=0, help="list so many pages that agree least")
    arguments = parser.parse_args()
    logging.disable()  # engines complain at length
    engines = [name for name in arguments.engines.split(",") if name]
    encoder = load_encoder(registry.default_encoder())
    sums = Sums()
    print(f"Engines: {', '.join(engines)}.\n")
    print("| file | pages | passages | words | order | as read | pages/s | with counting | pdfium alone |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for path in sorted(arguments.folder.rglob("*.pdf")):
        sums.add(path, engines, encoder, encode=arguments.passages)
    print()
    print_table(sums.rows())
    for truth in sorted(sums.truths, key=lambda t: t.stored)[: arguments.worst]:
        print(f"{truth.file} page {truth.page}: {truth.words:.3f} {truth.stored:.3f} {truth.read:.3f}")
    return 0 if sums.reached() else 1


def _mean(values: Iterable[float]) -> float:
    return statistics.fmean(found) if (found := list(values)) else 1.0


if __name__ == "__main__":
    sys.exit(main())
