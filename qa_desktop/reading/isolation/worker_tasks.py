"""What the reading worker does: read a file with all that is in it, and draw a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import Document
from qa_desktop.reading.gathered import Begun, Ended, Inside
from qa_desktop.reading.isolation import limits, wire
from qa_desktop.reading.isolation.wire_documents import (
    inside_from_wire,
    news_to_wire,
    run_from_wire,
    words_from_wire,
    words_to_wire,
)
from qa_desktop.reading.problems import Unreadable

if TYPE_CHECKING:
    from qa_desktop.reading.pdf.read import PageRead


@dataclass(frozen=True, slots=True)
class Link:
    """The worker's end of the pipe: `send(message, bytes)`, and `receive()` for the answer to a question."""

    send: Callable[..., None]
    receive: Callable[[], tuple[wire.Message, bytes]]


def read(path: Path, request: wire.Message, link: Link) -> None:
    """Read the file at `path`, or what lies at "inside" in it, and tell of every step."""
    from qa_desktop.reading.formats import How  # noqa: PLC0415 - the worker is ready before its libraries
    from qa_desktop.reading.nesting import Ways, open_inside, walk  # noqa: PLC0415

    inside, password = inside_from_wire(request["inside"]), request["password"]
    skip: dict[Inside, dict[int, str]] = defaultdict(dict)
    for where, page, reason in request["skip"]:
        skip[tuple(where)][page] = reason
    plain = {tuple(where) for where in request["plain"]}
    pages = _Pages(request, link)
    scan = _scanner(request, link) if request["scan"] else None

    def how(inside: Inside) -> How:
        return How(password, pages.tell, skip[inside], inside not in plain, scan)

    ways = Ways(how, _insides(request["had"]), _insides(request["closed"]))
    pages.start()
    for news in walk(open_inside(path, inside, password), ways, inside, password):
        known = False
        if isinstance(news, Begun):
            pages.start()
        elif isinstance(news, Ended) and isinstance(news.outcome, Document):
            known = pages.sent == len(news.outcome.pages)
        link.send(news_to_wire(news, with_text=not known))
    link.send({"is": "done"})


@dataclass(slots=True)
class _Pages:
    """Tells of the pages of the document that is being read."""

    request: wire.Message
    link: Link
    sent: int = 0

    def start(self) -> None:
        """Begin with another document, which has time of its own."""
        self.sent = 0
        limits.allow_processor_seconds(self.request["seconds"])

    def tell(self, news: PageRead) -> None:
        """Send a page; a document may take longer the more pages it has."""
        if news.number == 0:
            seconds = self.request["seconds"] + self.request["seconds_per_page"] * news.total
            limits.allow_processor_seconds(seconds)
        else:
            self.sent += 1
        self.link.send(
            {
                "is": "page",
                "number": news.number,
                "total": news.total,
                "text": news.text,
                "seconds": round(news.seconds, 4),
                "words": words_to_wire(news.words),
            }
        )


def _insides(values: list[list[int]]) -> frozenset[Inside]:
    return frozenset(tuple(where) for where in values)


def _scanner(request: wire.Message, link: Link) -> Callable[..., Any]:
    from qa_desktop.reading.scans.once import Scanner  # noqa: PLC0415 - it takes memory

    return Scanner(AskedScans(link, request["seconds_per_scan"]))


@dataclass(frozen=True, slots=True)
class AskedScans:
    """What was recognised in pictures before, which the program keeps (`reader.Scans`)."""

    link: Link
    seconds: float

    def get(self, key: str) -> bytes | None:
        """Ask for what was recognised; where nothing was, there is more time from now on."""
        self.link.send({"is": "scan?", "key": key})
        answer, value = self.link.receive()
        if answer["known"]:
            return value
        limits.allow_processor_seconds(self.seconds, more=True)
        return None

    def put(self, key: str, value: bytes) -> None:
        """Have it kept."""
        self.link.send({"is": "scanned", "key": key}, value)


def render(path: Path, request: wire.Message, link: Link) -> None:
    """Draw a page of the file at `path`, or of what lies at "inside" in it."""
    from qa_desktop.reading.isolation.render import render_page  # noqa: PLC0415
    from qa_desktop.reading.nesting import open_inside  # noqa: PLC0415 - the worker is ready before its libraries

    limits.allow_processor_seconds(request["seconds"])
    runs = [run_from_wire(values) for values in request["runs"]]
    opened = open_inside(path, inside_from_wire(request["inside"]), request["password"])
    words = words_from_wire(request["words"], limits.MOST_CHARACTERS_ON_PAGE)
    if opened.kind not in ("pdf", "image"):
        raise Unreadable("unsupported", "It has no pages to draw.")
    page, scale, password = request["page"], request["scale"], request["password"]
    image = render_page(opened.source, page, scale, runs, password, words, kind=opened.kind)
    link.send(wire.image_to_wire(image), image.rgb)
