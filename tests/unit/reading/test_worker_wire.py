"""What goes through the pipe comes out the same, and nonsense is noticed."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_desktop.domain import Block, BlockKind, Document, FileProblem, Page, Reference, Run, ScannedWord
from qa_desktop.reading.gathered import Begun, Ended, Lacking
from qa_desktop.reading.isolation import wire
from qa_desktop.reading.isolation.wire_documents import (
    document_from_wire,
    document_to_wire,
    inside_from_wire,
    news_from_wire,
    news_to_wire,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    texts = draw(st.lists(TEXTS.map(lambda t: t + "\n"), min_size=1, max_size=4))

    def run() -> Run:
        page = draw(st.integers(1, len(texts)))
        ends = sorted(draw(st.tuples(*[st.integers(0, len(texts[page - 1]))] * 2)))
        return Run(page, *ends)

    def word(text: str) -> tuple[ScannedWord, ...]:
        box = [round(draw(st.floats(0, 1)), 5) for _ in range(5)]
        return (ScannedWord(0, len(text) - 1, *box),) if draw(st.booleans()) else ()

    blocks = [
        Block(
            draw(st.sampled_from(BlockKind)),
            tuple(run() for _ in range(draw(st.integers(1, 3)))),
            draw(st.integers(0, 6)),
            draw(TEXTS),
            draw(TEXTS),
            tuple(Reference(draw(TEXTS), run()) for _ in range(draw(st.integers(0, 2)))),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]
    return Document(
        kind="pdf",
        title=draw(TEXTS),
        pages=tuple(Page(i, text, draw(TEXTS), word(text)) for i, text in enumerate(texts, start=1)),
        blocks=tuple(blocks),
        paged=draw(st.booleans()),
        author=draw(TEXTS),
        problems=tuple(FileProblem("no_text", draw(TEXTS), "page 2") for _ in range(draw(st.integers(0, 2)))),
        origins=(("date", draw(TEXTS)),),
        place=draw(TEXTS),
    )


@given(documents(), st.booleans(), st.binary(max_size=50))
def test_a_document_survives_the_journey(document: Document, with_text: bool, attached: bytes) -> None:
    frame = wire.pack({"d": document_to_wire(document, with_text=with_text)}, attached)
    received = wire.receive(io.BytesIO(frame).read)
    assert received is not None
    message, rest = received
    assert rest == attached
    sent = () if with_text else document.pages
    assert document_from_wire(message["d"], sent) == document


@given(documents(), st.integers(0, 200))
def test_a_stream_that_ends_in_the_middle_is_an_end(document: Document, lost: int) -> None:
    frame = wire.pack(document_to_wire(document))
    cut = frame[: max(0, len(frame) - 1 - lost)]
    assert wire.receive(io.BytesIO(cut).read) is None


@pytest.mark.parametrize(
    "change",
    [
        {"blocks": [["paragraph", [[1, 0, 99]], 0, "", "", []]]},
        {"blocks": [["paragraph", [[2, 0, 1]], 0, "", "", []]]},
        {"blocks": [["paragraph", [[1, 2, 1]], 0, "", "", []]]},
        {"blocks": [["paragraph", [[1, -1, 1]], 0, "", "", []]]},
        {"blocks": [["poem", [[1, 0, 1]], 0, "", "", []]]},
        {"blocks": [["paragraph", [["1", "0", "1"]], 0, "", "", []]]},
        {"pages": [[7, "", []]]},
        {"pages": [["word\n", "", [[0, 9, 0, 0, 0, 0, 1]]]]},
        {"pages": [["word\n", "", [[0, 4, 0, 0, float("nan"), 0, 1]]]]},
        {"pages": [["word\n", "", [[0, 4]]]]},
        {"origins": [["date"]]},
        {"pages": None},
        {"title": None},
        {"problems": [["bored", "", ""]]},
    ],
)
def test_a_worker_is_not_believed(change: dict[str, object]) -> None:
    document = Document("pdf", "t", (Page(1, "word\n"),), (Block(BlockKind.PARAGRAPH, (Run(1, 0, 4),)),))
    message = {**document_to_wire(document), **change}
    with pytest.raises(wire.WireError):
        document_from_wire(message)


def test_every_step_of_reading_survives_the_journey() -> None:
    document = Document("zip", "t", (), ())
    for news in (
        Begun((0, 1), "a.pdf", "attachment a.pdf", "pdf"),
        Ended((0,), "zip", document),
        Ended((), "pdf", FileProblem("encrypted", "wrong password")),
        Lacking((2,), FileProblem("too_large", part="the rest")),
    ):
        assert news_from_wire(json.loads(json.dumps(news_to_wire(news)))) == news


@pytest.mark.parametrize(
    "message",
    [
        {"is": "begun", "inside": [], "name": 1, "place": "", "kind": ""},
        {"is": "begun", "inside": [-1], "name": "", "place": "", "kind": ""},
        {"is": "begun", "inside": ["0"], "name": "", "place": "", "kind": ""},
        {"is": "begun", "inside": [0] * 9, "name": "", "place": "", "kind": ""},
        {"is": "ended", "inside": [], "kind": "pdf"},
        {"is": "lacking", "inside": []},
        {"is": "else", "inside": []},
        {},
    ],
)
def test_steps_are_not_believed(message: dict[str, object]) -> None:
    with pytest.raises(wire.WireError):
        news_from_wire(message)
    assert inside_from_wire([0, 2]) == (0, 2)


@pytest.mark.parametrize("body", [b"[]", b"{", b"\xff", json.dumps("x").encode()])
def test_nonsense_in_a_frame_is_an_error(body: bytes) -> None:
    frame = len(body).to_bytes(4, "big") + bytes(4) + body
    with pytest.raises(wire.WireError):
        wire.receive(io.BytesIO(frame).read)


def test_a_frame_larger_than_any_honest_one_is_refused() -> None:
    with pytest.raises(wire.WireError):
        wire.receive(io.BytesIO(b"\xff" * 8).read)


def test_a_picture_must_have_the_bytes_it_claims() -> None:
    said = {"width": 2, "height": 2, "stride": 8, "scale": 1.0, "rects": [[0, 0, 1, 1]]}
    assert wire.image_from_wire(said, bytes(16)).rects == ((0.0, 0.0, 1.0, 1.0),)
    for change in ({"width": 3}, {"height": 0}, {"stride": 2}, {"rects": [[1]]}, {"width": "2"}):
        with pytest.raises(wire.WireError):
            wire.image_from_wire({**said, **change}, bytes(16))
