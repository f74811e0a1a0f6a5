"""Find the documents that lie inside office documents: embedded objects, packages, and attached files."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from qa_desktop.domain import FileProblem
from qa_desktop.reading.archives.archive import LARGEST_TOTAL, open_archive, read_member
from qa_desktop.reading.blocks import clean
from qa_desktop.reading.embedded import Embedded, cleaned_name
from qa_desktop.reading.office.ooxml import Package
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.recognise import OLE
from qa_desktop.reading.safe_xml import below, child, value

_FOLDERS = ("/embeddings/", "/attachments/")
_PACKAGED = "\x01Ole10Native"  # the stream of a file that was dropped into a document
_WHOLE = ("Package", "CONTENTS")  # streams that are a file as it is, if they begin like one
_BEGINNINGS = (b"PK\x03\x04", b"%PDF-", OLE)
_MOST_STREAMS = 5_000
# Streams by which a compound file is a document of its own, and how such files are called.
_ITSELF = {
    "WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt",
    "__properties_version1.0": ".msg",
}  # fmt: skip


def embedded_office(data: bytes, password: str | None = None) -> Iterator[Embedded]:
    """Yield the documents embedded in a DOCX, PPTX or XLSX, in the order of its parts.

    The workbooks behind charts are left out: their numbers are read with the chart.
    """
    del password  # the package was decrypted as a whole
    archive = open_archive(data)
    places = _places(Package(data))
    number = 0
    for info in archive.infolist():
        path = info.filename.replace("\\", "/")
        if not any(folder in f"/{path}".lower() for folder in _FOLDERS) or info.is_dir():
            continue
        place = places.get(path.lower(), "")
        if place is None:
            continue
        number += 1
        name = cleaned_name(path)
        try:
            found, problem = read_member(archive, info, most=LARGEST_TOTAL), None
        except Unreadable as error:
            found, problem = b"", error.problem
        if found.startswith(OLE) and PurePosixPath(path).suffix.lower() in (".bin", ".ole", ""):
            name, found, problem = unwrapped(found, name)
            if not found and problem is None:
                continue  # an object of a program, with no document in it
        if found or problem:
            where = f"embedded object {number} ({name})"
            yield Embedded(name, found, f"{place}, {where}" if place else where, problem)


def _places(package: Package) -> dict[str, str | None]:
    """Return where the embedded parts lie, in words ("slide 3"); None for the workbooks behind charts."""
    found: dict[str, str | None] = {}
    for part, place in _holders(package):
        for target in package.related(part, "oleObject", "package"):
            found.setdefault(target.lower(), place)
    for name in package.names():
        if "/charts/" in name and name.endswith(".xml"):
            found.update((target.lower(), None) for target in package.related(name, "package", "oleObject"))
    return found


def _holders(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the slides or sheets of a document, and their place in words."""
    main = package.main("")
    root = package.xml(main)
    targets = {relation.id: relation.target for relation in package.relations(main)}
    for number, slide in enumerate(below(child(root, "sldIdLst"), "sldId"), 1):
        relation = next((str(found) for key, found in slide.attrib.items() if key.endswith("}id")), "")
        yield targets.get(relation, ""), f"slide {number}"
    for sheet in below(child(root, "sheets"), "sheet"):
        yield targets.get(value(sheet, "id"), ""), f"Sheet '{clean(sheet.get('name') or '')}'"


def embedded_compound(data: bytes, password: str | None = None) -> Iterator[Embedded]:
    """Yield the files that were dropped into a document of Office before 2007."""
    del password
    import olefile  # noqa: PLC0415 - few files need it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            paths = [path for path in file.listdir()[:_MOST_STREAMS] if len(path) > 1]
            number = 0
            for path in paths:
                name, found = _content_of(file, path, f"object {number + 1}")
                if found:
                    number += 1
                    yield Embedded(name, found, f"embedded object {number} ({name})")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it raises anything over a broken file, and reading it has told so
        return


def unwrapped(data: bytes, name: str) -> tuple[str, bytes, FileProblem | None]:
    """Return the document in an embedded compound file: a file packed into it, or itself if it is one."""
    import olefile  # noqa: PLC0415 - few files need it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            paths = file.listdir()[:_MOST_STREAMS]
            for path in paths:
                found_name, found = _content_of(file, path, name)
                if found:
                    return found_name, found, None
            roots = {path[0] for path in paths}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - it raises anything over a broken file
        return name, b"", FileProblem("damaged", f"{type(error).__name__}: {error}"[:200])
    ending = next((_ITSELF[root] for root in _ITSELF if root in roots), "")
    return PurePosixPath(name).stem + ending, data if ending else b"", None


def _content_of(file: Any, path: list[str], name: str) -> tuple[str, bytes]:
    """Return name and bytes of the file in a stream, b"" if it holds none."""
    if path[-1] == _PACKAGED:
        return _packaged(file.openstream(path).read(), name)
    if path[-1] in _WHOLE:
        data: bytes = file.openstream(path).read()
        if data.startswith(b"%PDF-") and name.lower().endswith(".bin"):
            name = PurePosixPath(name).stem + ".pdf"
        return name, data if data.startswith(_BEGINNINGS) else b""
    return name, b""


def _packaged(stream: bytes, name: str) -> tuple[str, bytes]:
    """Return the file in an Ole10Native stream: sizes, label, path, temporary path, then its bytes."""
    try:
        position = 6
        label_end = stream.index(b"\0", position)
        path_end = stream.index(b"\0", label_end + 1)
        length = struct.unpack_from("<I", stream, path_end + 5)[0]  # of the temporary path
        position = path_end + 9 + length
        size = struct.unpack_from("<I", stream, position)[0]
    except (ValueError, struct.error):
        return name, b""
    label = stream[6:label_end].decode("cp1252", "replace")
    return cleaned_name(label) or name, stream[position + 4 : position + 4 + size]
