"""Documents as JSON values, and back again, believing nothing.

The worker that read a document has opened a file from anywhere, so every value is checked while it is turned
back into the types of `domain`: kinds, whole numbers, and that every run lies in the text of its page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Page, Reference, Run, ScannedWord
from qa_desktop.errors import REASONS
from qa_desktop.reading.gathered import Begun, Ended, Inside, Lacking, News
from qa_desktop.reading.isolation.limits import DEEPEST_PART

Message = Mapping[str, Any]

_DECIMALS = 5  # of a word's box and confidence: a hundredth of a pixel on a large page


class WireError(Exception):
    """A frame or a message is not as it should be."""


def document_to_wire(document: Document, *, with_text: bool = True) -> Message:
    """Return `document` without its parts as JSON values; without its pages' text if that was sent before."""
    return {
        "kind": document.kind,
        "title": document.title,
        "pages": [
            [p.text, p.label, words_to_wire(p.words)] if with_text else [None, p.label, []]
            for p in document.pages
        ],
        "blocks": [
            [
                b.kind.value,
                [[r.page, r.start, r.end] for r in b.runs],
                b.level,
                b.label,
                b.locator,
                [[ref.label, ref.run.page, ref.run.start, ref.run.end] for ref in b.references],
            ]
            for b in document.blocks
        ],
        "paged": document.paged,
        "author": document.author,
        "date": document.date,
        "language": document.language,
        "engine": document.engine,
        "problems": [problem_to_wire(p) for p in document.problems],
        "origins": [list(pair) for pair in document.origins],
        "place": document.place,
    }


def document_from_wire(message: Message, sent: Sequence[Page] = ()) -> Document:
    """Return the document of `message`; page n's text and words are those of `sent[n - 1]` where it has none.

    Every run is proven to lie in the text of its page.
    """
    try:
        pages = tuple(_page(number, values, sent) for number, values in enumerate(message["pages"], start=1))
        sizes = [len(p.text) for p in pages]
        return Document(
            kind=_text(message["kind"]),
            title=_text(message["title"]),
            pages=pages,
            blocks=tuple(_block(values, sizes) for values in message["blocks"]),
            paged=bool(message["paged"]),
            author=_text(message["author"]),
            date=_text(message["date"]),
            language=_text(message["language"]),
            engine=_text(message["engine"]),
            problems=tuple(problem_from_wire(p) for p in message["problems"]),
            origins=tuple((_text(what), _text(where)) for what, where in message["origins"]),
            place=_text(message["place"]),
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise WireError("not a document") from error


def words_to_wire(words: Sequence[ScannedWord]) -> list[list[float]]:
    """Return recognised words as lists of seven numbers."""
    return [
        [w.start, w.end, *(round(x, _DECIMALS) for x in (w.left, w.top, w.width, w.height, w.confidence))]
        for w in words
    ]


def words_from_wire(values: Sequence[Sequence[Any]], size: int) -> tuple[ScannedWord, ...]:
    """Return the recognised words of a page whose text has `size` characters."""
    try:
        return tuple(_word(word, size) for word in values)
    except (TypeError, ValueError) as error:
        raise WireError("not words") from error


def news_to_wire(news: News, *, with_text: bool = True) -> Message:
    """Return a step of reading as JSON values; `with_text` as in `document_to_wire`."""
    inside = list(news.inside)
    match news:
        case Begun():
            return {
                "is": "begun",
                "inside": inside,
                "name": news.name,
                "place": news.place,
                "kind": news.kind,
            }
        case Lacking():
            return {"is": "lacking", "inside": inside, "problem": problem_to_wire(news.problem)}
        case Ended(outcome=FileProblem() as problem):
            return {"is": "ended", "inside": inside, "kind": news.kind, "problem": problem_to_wire(problem)}
        case Ended(outcome=Document() as document):
            told = document_to_wire(document, with_text=with_text)
            return {"is": "ended", "inside": inside, "kind": news.kind, "document": told}
    raise AssertionError("there is no other news")


def news_from_wire(message: Message, sent: Sequence[Page] = ()) -> News:
    """Return the step of `message`; `sent` are the pages that came before it."""
    try:
        inside = inside_from_wire(message["inside"])
        if message["is"] == "begun":
            return Begun(inside, _text(message["name"]), _text(message["place"]), _text(message["kind"]))
        if message["is"] == "lacking":
            return Lacking(inside, problem_from_wire(message["problem"]))
        if message["is"] != "ended":
            raise WireError("not news")
        if "problem" in message:
            return Ended(inside, _text(message["kind"]), problem_from_wire(message["problem"]))
        return Ended(inside, _text(message["kind"]), document_from_wire(message["document"], sent))
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("not news") from error


def inside_from_wire(values: Sequence[Any]) -> Inside:
    """Return the way to a document inside a file."""
    if not all(isinstance(v, int) and v >= 0 for v in values) or len(values) > DEEPEST_PART + 1:
        raise WireError("not a way into a file")
    return tuple(values)


def problem_to_wire(problem: FileProblem) -> list[str]:
    """Return `problem` as JSON values."""
    return [problem.reason, problem.detail, problem.part]


def problem_from_wire(values: Sequence[Any]) -> FileProblem:
    """Return the problem of `values`."""
    try:
        reason, detail, part = values
        if reason not in REASONS:
            raise WireError("unknown reason")
        return FileProblem(reason, _text(detail), _text(part))
    except (TypeError, ValueError) as error:
        raise WireError("not a problem") from error


def run_from_wire(values: Sequence[Any]) -> Run:
    """Return the run of [page, start, end]."""
    page, start, end = values
    if not (isinstance(page, int) and isinstance(start, int) and isinstance(end, int)):
        raise TypeError("a run is three whole numbers")
    return Run(page, start, end)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _page(number: int, values: Sequence[Any], sent: Sequence[Page]) -> Page:
    text, label, words = values
    if text is None:
        return Page(number, sent[number - 1].text, _text(label), sent[number - 1].words)
    return Page(number, _text(text), _text(label), words_from_wire(words, len(text)))


def _word(values: Sequence[Any], size: int) -> ScannedWord:
    start, end, *rest = values
    left, top, width, height, confidence = (float(x) for x in rest)
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= size
    if not whole or not all(-1 <= x <= 2 for x in (left, top, width, height, confidence)):  # also not NaN
        raise ValueError("not a word of this page")
    return ScannedWord(start, end, left, top, width, height, confidence)


def _block(values: Sequence[Any], sizes: Sequence[int]) -> Block:
    kind, runs, level, label, locator, references = values
    return Block(
        kind=BlockKind(kind),
        runs=tuple(_proven(run_from_wire(r), sizes) for r in runs),
        level=int(level),
        label=_text(label),
        locator=_text(locator),
        references=tuple(
            Reference(_text(name), _proven(run_from_wire(place), sizes)) for name, *place in references
        ),
    )


def _proven(run: Run, sizes: Sequence[int]) -> Run:
    if not (1 <= run.page <= len(sizes) and 0 <= run.start <= run.end <= sizes[run.page - 1]):
        raise ValueError("a run outside its page")
    return run
