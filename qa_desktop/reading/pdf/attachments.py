"""The files inside a PDF: in its list of embedded files (portfolios, too), pinned to pages, or associated.

Read by pypdf, whose limits hold for unpacking them.  A file that stands in several places is yielded once.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qa_desktop.domain import FileProblem, collapse
from qa_desktop.reading.blocks import clean
from qa_desktop.reading.embedded import Embedded, cleaned_name
from qa_desktop.reading.pdf.open import Source, attempt, open_with_pypdf, opened

if TYPE_CHECKING:
    from pypdf import PdfReader

_SIGNS = re.compile(rb"/EmbeddedFile|/FileAttachment|/Filespec|/RichMedia|/AF\b")
_STREAM = re.compile(rb"stream\r?\n")
_MOST_UNPACKED = 50_000_000
_MOST_NODES = 20_000  # of the tree of names
_DEEPEST = 50
_MOST_PAGES = 20_000
_MOST_ANNOTATIONS = 2_000  # on one page
_KINDS = ("/UF", "/F", "/Unix", "/Mac", "/DOS")  # names of the stream in a file's description, best first


def embedded_pdf(source: Source, password: str | None = None) -> Iterator[Embedded]:
    """Yield the files inside the PDF in `source`, in the order of its list, then of its pages.

    A broken PDF yields what can be found; one that pypdf cannot open yields nothing.
    """
    reader = open_with_pypdf(source, password) if _may_hold_files(source) else None
    if reader is None:
        return
    with reader:
        seen: set[object] = set()
        for where, description in _descriptions(reader):
            yield from _files(description, where, seen)


def _may_hold_files(source: Source) -> bool:
    """Tell whether the bytes of the PDF speak of files anywhere; pypdf takes much longer to find none."""
    with opened(source) as file:
        data = file.read()
    if _SIGNS.search(data) or b"/Encrypt" in data:
        return True
    for place in re.finditer(rb"/ObjStm", data):  # objects are kept packed in these
        begin = _STREAM.search(data, place.end(), place.end() + 2_000)
        if begin is None:
            return True
        try:
            unpacked = zlib.decompressobj().decompress(memoryview(data)[begin.end() :], _MOST_UNPACKED)
        except zlib.error:
            return True
        if _SIGNS.search(unpacked):
            return True
    return False


def _descriptions(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    """Yield the descriptions of files, each with the words for where it was found."""
    root: Any = attempt(lambda: reader.root_object, {})
    tree = attempt(lambda: root["/Names"]["/EmbeddedFiles"], None)
    if tree is not None:
        yield from (("", item) for item in _leaves(tree))
    yield from (("", item) for item in _list(root, "/AF"))
    for number in range(min(attempt(lambda: len(reader.pages), 0), _MOST_PAGES)):
        page = attempt(lambda n=number: reader.pages[n], None)  # type: ignore[misc]
        if page is None:
            continue
        where = f" on page {number + 1}"
        yield from ((where, item) for item in _list(page, "/AF"))
        for annotation in _list(page, "/Annots")[:_MOST_ANNOTATIONS]:
            kind = attempt(lambda a=annotation: a.get("/Subtype"), None)  # type: ignore[misc]
            if kind == "/FileAttachment":
                yield where, attempt(lambda a=annotation: a["/FS"], None)  # type: ignore[misc]
            elif kind == "/RichMedia":
                assets = attempt(lambda a=annotation: a["/RichMediaContent"]["/Assets"], None)  # type: ignore[misc]
                if assets is not None:
                    yield from ((where, item) for item in _leaves(assets))


def _list(holder: Any, key: str) -> list[Any]:
    """Return what stands in the list under `key`, resolved."""

    def items() -> list[Any]:
        found = holder.get(key)
        found = found.get_object() if found is not None else []
        return [item.get_object() for item in found] if isinstance(found, list) else []

    return attempt(items, [])


def _leaves(tree: Any) -> Iterator[Any]:
    """Yield the values of a tree of names, in its order."""
    waiting: list[tuple[Any, int]] = [(tree, 0)]
    spent = 0
    while waiting and spent < _MOST_NODES:
        node, depth = waiting.pop()
        spent += 1
        yield from _list(node, "/Names")[1::2]
        if depth < _DEEPEST:
            waiting += [(kid, depth + 1) for kid in reversed(_list(node, "/Kids"))]


def _files(description: Any, where: str, seen: set[object]) -> Iterator[Embedded]:
    """Yield the file that `description` speaks of, unless it was yielded before."""
    streams = attempt(lambda: description["/EF"], None)
    if streams is None:
        return
    for kind in _KINDS:
        reference = attempt(lambda k=kind: streams.raw_get(k), None)  # type: ignore[misc]
        stream = attempt(lambda r=reference: r.get_object(), None)  # type: ignore[misc]
        if stream is None:
            continue
        identity = getattr(reference, "idnum", None) or id(stream)
        if identity in seen:
            return
        seen.add(identity)
        name = _name(description)
        place = collapse(f"attachment {name}{where}")
        try:
            yield Embedded(name, bytes(stream.get_data()), place)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # noqa: BLE001 - pypdf raises anything over a broken stream
            large = type(error).__name__ == "LimitReachedError"
            problem = FileProblem("too_large" if large else "damaged", f"{error}"[:300])
            yield Embedded(name, b"", place, problem)
        return


def _name(description: Any) -> str:
    for key in _KINDS:
        name = attempt(lambda k=key: description.get(k), None)  # type: ignore[misc]
        if isinstance(name, (str, bytes)) and (cleaned := cleaned_name(_text(name))):
            return cleaned
    return "attachment"


def _text(value: str | bytes) -> str:
    return clean(value.decode("latin-1") if isinstance(value, bytes) else value)
