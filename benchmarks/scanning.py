"""How true and how fast pictures of pages are read.

    python -m benchmarks.scanning [FOLDER] [--pages N] [--dpi N] [--turn DEGREES] [--noisy]

FOLDER holds born-digital PDFs (by default, the demonstration documents).  Up to N pages of them with at least
400 letters, spread evenly, are drawn at 200 dots per inch and read as if they had been scanned; --turn turns
the pictures before (also by 90, 180 or 270), --noisy blurs and grains them and saves them as poor JPEG.

Truth is the text that pdfium finds on the page.  F1 of words is twice the shared words over the sum of both,
each counted as often as it occurs; order is the same over pairs of neighbouring words.  Words are compared
after NFKC and case folding.  Seconds are processor seconds, memory is the process's largest.

Prints a table in Markdown.  Exit status 1 below 0.97 for words, or without --noisy or --turn below 0.95 for
order.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import psutil
import pypdfium2
from PIL import Image, ImageFilter

from benchmarks.reading import words_of
from qa_desktop import paths
from qa_desktop.reading.scans.read import Eyes, UnknownWriting, open_eyes, scan_page

WORDS_FLOOR, ORDER_FLOOR = 0.97, 0.95
_ENOUGH_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: what of it was read truly, in true order, how surely, and in how many processor seconds."""

    page: str
    words: float
    order: float
    confidence: float
    seconds: float


def main() -> int:
    """Measure, print, and tell whether the marks were reached."""
    parser = argparse.ArgumentParser(description="How true and how fast pictures of pages are read.")
    parser.add_argument("folder", nargs="?", type=Path, default=paths.demonstration_documents())
    parser.add_argument("--pages", type=int, default=24)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--turn", type=float, default=0.0)
    parser.add_argument("--noisy", action="store_true")
    options = parser.parse_args()
    eyes = open_eyes()
    measured = []
    for name, picture, truth in pages(options.folder, options.pages, options.dpi):
        found = measure(name, spoiled(picture, options.turn, noisy=options.noisy), truth, eyes)
        print(f"{found.page}: {found.words:.4f} {found.seconds:.1f} s", file=sys.stderr, flush=True)
        measured.append(found)
    if not measured:
        sys.exit(f"No page with {_ENOUGH_LETTERS} letters in {options.folder}.")
    report(measured)
    words, order = (statistics.mean(getattr(m, which) for m in measured) for which in ("words", "order"))
    plain = not options.noisy and not options.turn
    return 1 if words < WORDS_FLOOR or (plain and order < ORDER_FLOOR) else 0


def pages(folder: Path, most: int, dpi: int) -> Iterator[tuple[str, Image.Image, str]]:
    """Yield name, picture and text of up to `most` pages of the PDFs in a folder, spread evenly."""
    found: list[tuple[Path, int]] = []
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            texts = [text_of(document, number) for number in range(len(document))]
        rich = [n for n, text in enumerate(texts) if sum(c.isalpha() for c in text) >= _ENOUGH_LETTERS]
        found += [(path, number) for number in rich]
    step = max(1.0, len(found) / most)
    for path, number in (found[int(i * step)] for i in range(min(most, len(found)))):
        with pypdfium2.PdfDocument(path) as document:
            picture = document[number].render(scale=dpi / 72, grayscale=True).to_pil().copy()
            yield f"{path.stem[:24]} p. {number + 1}", picture, text_of(document, number)


def text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    """Return the text of a page."""
    textpage = document[number].get_textpage()
    try:
        return str(textpage.get_text_range())
    finally:
        textpage.close()


def spoiled(picture: Image.Image, turn: float, *, noisy: bool) -> Image.Image:
    """Return the picture turned and, if wished, as a poor scanner would have made it."""
    if turn:
        picture = picture.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if noisy:
        blurred = picture.filter(ImageFilter.GaussianBlur(1.0))
        picture = Image.blend(blurred, Image.effect_noise(picture.size, 60), 0.15)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=45)
        picture = Image.open(buffer).convert("L")
    return picture


def measure(name: str, picture: Image.Image, truth: str, eyes: Eyes) -> Measured:
    """Read a picture and compare."""
    began = time.process_time()
    try:
        scanned = scan_page(picture, eyes)
        text, confidence = scanned.text, scanned.confidence
    except UnknownWriting:
        text, confidence = "", 0.0
    seconds = time.process_time() - began
    ours, theirs = words_of(text), words_of(truth)
    order = f1(list(pairwise(ours)), list(pairwise(theirs)))
    return Measured(name, f1(ours, theirs), order, confidence, seconds)


def f1(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> float:
    """Return twice what is shared over the sum of both."""
    shared = (Counter(ours) & Counter(theirs)).total()
    return 2 * shared / max(1, len(ours) + len(theirs))


def report(measured: Sequence[Measured]) -> None:
    """Print pages from the worst to the best, and their means."""
    print("| page | word F1 | order F1 | confidence | CPU s |\n|---|---|---|---|---|")
    for m in sorted(measured, key=lambda m: m.words):
        print(f"| {m.page} | {m.words:.4f} | {m.order:.4f} | {m.confidence:.3f} | {m.seconds:.1f} |")
    figures = ("words", "order", "confidence", "seconds")
    words, order, sure, seconds = (statistics.mean(getattr(m, name) for m in measured) for name in figures)
    print(f"| mean | {words:.4f} | {order:.4f} | {sure:.3f} | {seconds:.1f} |")
    print(f"\n{len(measured)} pages, {peak_megabytes():.0f} MB at most")


def peak_megabytes() -> float:
    """Return the largest memory this process has held."""
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    sys.exit(main())
