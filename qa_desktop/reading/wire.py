"""What travels between the program and its reading worker: frames of JSON, with bytes beside it.

A frame is two lengths (unsigned 32-bit, big-endian), then that many bytes of JSON and of plain bytes.  The
worker has opened a file from anywhere, so the program believes nothing it says: every message is checked
while it is turned back into the types of `domain`.  After a `WireError` a worker is not used again.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Page, Reference, Run
from qa_desktop.errors import REASONS
from qa_desktop.reading.render import PageImage

_LENGTHS = struct.Struct(">II")
_LARGEST_JSON = 512 << 20
_LARGEST_BYTES = 256 << 20

Message = Mapping[str, Any]


class WireError(Exception):
    """A frame or a message is not as it should be."""


def pack(message: Message, attached: bytes = b"") -> bytes:
    """Return the frame of `message` and the bytes that go with it."""
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return _LENGTHS.pack(len(body), len(attached)) + body + attached


def receive(read: Callable[[int], bytes | None]) -> tuple[Message, bytes] | None:
    """Read one frame by `read(at_most)`; None at the end of the stream, also in the middle of a frame."""
    head = _exactly(read, _LENGTHS.size)
    if head is None:
        return None
    size, attached_size = _LENGTHS.unpack(head)
    if size > _LARGEST_JSON or attached_size > _LARGEST_BYTES:
        raise WireError("frame too large")
    body, attached = _exactly(read, size), _exactly(read, attached_size)
    if body is None or attached is None:
        return None
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    if not isinstance(message, dict):
        raise WireError("not an object")
    return message, attached


def _exactly(read: Callable[[int], bytes | None], size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def document_to_wire(document: Document, *, with_text: bool = True) -> Message:
    """Return `document` as JSON values; without its pages' text if that was sent before."""
    return {
        "kind": document.kind,
        "title": document.title,
        "pages": [[p.text, p.label] if with_text else [None, p.label] for p in document.pages],
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
    }


def document_from_wire(message: Message, texts: Sequence[str] = ()) -> Document:
    """Return the document of `message`; page n's text is `texts[n - 1]` where the message has none.

    Every run is proven to lie in the text of its page.
    """
    try:
        pages = tuple(
            Page(number, _text(text if text is not None else texts[number - 1]), _text(label))
            for number, (text, label) in enumerate(message["pages"], start=1)
        )
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
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise WireError("not a document") from error


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


def image_from_wire(message: Message, attached: bytes) -> PageImage:
    """Return the picture of `message`, whose bytes are as many as its rows need."""
    try:
        width, height, stride = message["width"], message["height"], message["stride"]
        if not (width > 0 and height > 0 and 3 * width <= stride and stride * height == len(attached)):
            raise WireError("not a picture")
        rects = tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in message["rects"])
        return PageImage(width, height, stride, attached, float(message["scale"]), rects)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("not a picture") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


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
