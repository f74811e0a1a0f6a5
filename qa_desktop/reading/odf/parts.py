"""Find the documents inside OpenDocument files: objects of the same family, and files wrapped by OLE."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from qa_desktop.domain import FileProblem
from qa_desktop.reading.archives.archive import open_archive, read_part
from qa_desktop.reading.embedded import Embedded
from qa_desktop.reading.office.parts import unwrapped
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.recognise import OLE

# An object's kind, by its body: a chart's numbers are read with the document, formulas hold no words.
_DOCUMENT = re.compile(rb"<office:(text|spreadsheet|presentation|drawing)[\s>]")
_ENDINGS = {b"text": ".odt", b"spreadsheet": ".ods", b"presentation": ".odp", b"drawing": ".odg"}


def embedded_odf(data: bytes, password: str | None = None) -> Iterator[Embedded]:
    """Yield the documents inside an OpenDocument package, in the order of its parts; raises `Unreadable`."""
    del password
    if not data.startswith(b"PK"):
        return
    archive = open_archive(data)
    names = archive.namelist()
    number = 0
    for name in names:
        folder, _, part = name.partition("/")
        if part == "content.xml":
            found = _object(archive, names, folder)
        elif not part and name.startswith("Object"):
            found = _wrapped(archive, name)
        else:
            continue
        if found:
            number += 1
            yield Embedded(found[0], found[1], f"embedded object {number} ({found[0]})", found[2])


def _object(
    archive: zipfile.ZipFile, names: list[str], folder: str
) -> tuple[str, bytes, FileProblem | None] | None:
    """Return an object as a file of its own, None where it is no document."""
    try:
        body = _DOCUMENT.search(read_part(archive, f"{folder}/content.xml"))
        if body is None:
            return None
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as own:
            for name in names:
                if name.startswith(f"{folder}/") and name.endswith(".xml"):
                    own.writestr(zipfile.ZipInfo(name.removeprefix(f"{folder}/")), read_part(archive, name))
    except Unreadable as error:
        return folder, b"", error.problem
    return folder + _ENDINGS[body[1]], packed.getvalue(), None


def _wrapped(archive: zipfile.ZipFile, name: str) -> tuple[str, bytes, FileProblem | None] | None:
    try:
        data = read_part(archive, name)
    except Unreadable as error:
        return name, b"", error.problem
    if not data.startswith(OLE):
        return None
    found = unwrapped(data, name)
    return found if found[1] or found[2] else None
