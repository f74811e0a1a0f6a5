"""Office documents with a password, and the files that office documents carry inside."""

from __future__ import annotations

import io
import struct
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from qa_desktop.domain import Document
from qa_desktop.reading.nesting import read_file
from qa_desktop.reading.office.parts import embedded_compound, embedded_office
from qa_desktop.reading.problems import Unreadable
from tests.support.compound import compound
from tests.support.documents import make_docx, make_zip, paragraph, texts, written

DOCX = make_docx(paragraph("The tide table is inside."))


def locked(password: str) -> bytes:
    file = io.BytesIO()
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    filling = b"".join(sha256(bytes([i])).digest() for i in range(150))  # small ones are written wrong
    OOXMLFile(io.BytesIO(with_parts({"[Content_Types].xml": types, "filling": filling}))).encrypt(
        password, file
    )
    return file.getvalue()


def packaged(name: str, data: bytes) -> bytes:
    """Return the stream of a file that was dropped into a document."""
    path = f"C:\\tmp\\{name}".encode() + b"\0"
    start = b"\2\0" + name.encode() + b"\0" + path + struct.pack("<HHI", 0, 3, len(path)) + path
    body = start + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def with_parts(parts: dict[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(DOCX)) as archive:
        own = {name: archive.read(name) for name in archive.namelist()}
    return make_zip({**own, **parts})


def with_members(**members: bytes) -> bytes:
    return with_parts({f"word/embeddings/{name}": data for name, data in members.items()})


def test_a_protected_document_asks_for_the_password_and_takes_it(tmp_path: Path) -> None:
    path = written(tmp_path, "a.docx", locked("hafen"))
    for password, detail in ((None, "protected office document"), ("wrong", "wrong password")):
        with pytest.raises(Unreadable) as error:
            read_file(path, password)
        assert (error.value.problem.reason, error.value.problem.detail) == ("encrypted", detail)
    assert texts(read_file(path, "hafen")) == ["The tide table is inside."]


def test_what_excel_locks_without_asking_is_opened_without_asking(tmp_path: Path) -> None:
    assert texts(read_file(written(tmp_path, "a.xlsx", locked("VelvetSweatshop"))))


def test_the_password_of_a_container_opens_what_is_in_it(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", make_zip({"a.docx": locked("hafen"), "b.txt": b"Words."}))
    part = read_file(path, "hafen").parts[0].outcome
    assert isinstance(part, Document)
    assert texts(part) == ["The tide table is inside."]


def test_files_dropped_into_a_document_are_unwrapped() -> None:
    ole = compound({"\x01Ole10Native": packaged("notes.txt", b"Words."), "\x03ObjInfo": b"\0" * 6})
    whole = compound({"Package": DOCX})
    nothing = compound({"Equation Native": b"\0" * 40})
    data = with_members(**{"oleObject1.bin": ole, "oleObject2.bin": whole, "oleObject3.bin": nothing})
    found = list(embedded_office(data))
    assert [(p.name, p.data) for p in found] == [("notes.txt", b"Words."), ("oleObject2.bin", DOCX)]
    assert found[0].place == "embedded object 1 (notes.txt)"


def test_files_dropped_into_an_old_document_are_found() -> None:
    pool = {"_1": {"\x01Ole10Native": packaged("a\\b.txt", b"Words.")}, "_2": {"Package": DOCX}}
    data = compound({"WordDocument": b"\0" * 600, "ObjectPool": pool})
    assert [(p.name, p.data) for p in embedded_compound(data)] == [
        ("b.txt", b"Words."),
        ("object 2", DOCX),
    ]


@given(st.binary(max_size=60))
def test_any_object_is_unwrapped_or_left_alone(stream: bytes) -> None:
    for tree in ({"\x01Ole10Native": stream}, {"CONTENTS": stream}):
        data = with_members(**{"oleObject1.bin": compound(tree)})
        assert len(list(embedded_office(data))) <= 1
        assert len(list(embedded_compound(compound({"ObjectPool": tree})))) <= 1
