"""Read documents and slides of Office before 2007 (DOC, PPT) without any other program."""

from __future__ import annotations

from importlib.metadata import version

from qa_desktop.domain import Document
from qa_desktop.reading.blocks import DocumentBuilder, document
from qa_desktop.reading.office.ole import about_ole, open_ole
from qa_desktop.reading.old_office.slides import add_old_slides
from qa_desktop.reading.old_office.text import add_word
from qa_desktop.reading.old_office.word import open_word
from qa_desktop.reading.problems import Unreadable


def read_old_office(data: bytes, name: str) -> Document:
    """Return the document in the bytes of a DOC or PPT file; raises `Unreadable`."""
    ole = open_ole(data)
    builder = DocumentBuilder()
    engine = f"old office 1, olefile {version('olefile')}"
    if ole.exists("WordDocument"):
        add_word(builder, open_word(ole))
        return document("doc", name, builder, about_ole(ole), engine=engine)
    if ole.exists("PowerPoint Document"):
        add_old_slides(builder, ole)
        return document("slides", name, builder, about_ole(ole), engine=engine)
    raise Unreadable("unsupported", "old office document")
