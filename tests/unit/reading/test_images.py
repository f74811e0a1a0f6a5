"""Files of pictures are read like scans; broken, huge and empty ones are refused with the right reason."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from qa_desktop.domain import Run, text_of
from qa_desktop.reading.isolation.render import render_page
from qa_desktop.reading.pdf.pages import PageRead
from qa_desktop.reading.pdf.scans import UNKNOWN
from qa_desktop.reading.problems import Unreadable
from qa_desktop.reading.scans.images import SWITCHED_OFF, read_image
from qa_desktop.reading.scans.once import Scanner
from tests.support.scans import FERRY, Kept, Sheet, as_file

SENTENCE = "The ferry to the outer islands leaves the harbour at noon."


@pytest.fixture(scope="module")
def scan() -> Scanner:
    """A recogniser that remembers, so that each picture is read once in this module."""
    return Scanner(Kept())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "JPEG2000"])
def test_a_picture_of_a_page_is_a_document(scan: Scanner, kind: str) -> None:
    heard: list[PageRead] = []
    data = Sheet().lines(FERRY).as_file(kind)
    document = read_image(data, "ferry_times.pic", heard.append, scan=scan)
    assert (document.kind, document.paged, document.title) == ("image", True, "ferry times")
    assert document.problems == ()
    [page] = document.pages
    assert page.text == "\n".join(FERRY) + "\n"
    assert [page.text[w.start : w.end] for w in page.words] == " ".join(FERRY).split()
    text = " ".join(text_of(b.runs, document.pages) for b in document.blocks)
    assert text == " ".join(FERRY)
    assert [(p.number, p.total, p.text) for p in heard] == [(0, 1, ""), (1, 1, page.text)]
    assert heard[1].words == page.words
    assert document.engine.startswith("scan ")


def test_the_camera_s_orientation_is_honoured_and_the_highlight_follows_it(scan: Scanner) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side: to be turned by 90 degrees with the clock
    picture = Sheet().lines(FERRY).picture.transpose(Image.Transpose.ROTATE_90)
    data = as_file(picture, "JPEG", exif=exif, quality=92)
    document = read_image(data, "a.jpg", scan=scan)
    assert SENTENCE in text_of([Run(1, 0, len(document.pages[0].text))], document.pages)
    runs = [Run(1, 0, document.pages[0].text.index("noon.") + 5)]
    drawn = render_page(data, 1, 1.0, runs, None, document.pages[0].words, kind="image")
    assert drawn.width > drawn.height, "shown upright"
    assert len(drawn.rects) == 2, "one for each line"
    (x, y, w, h), second = drawn.rects
    assert w > 0.5 * drawn.width
    assert second[1] > y + 0.5 * h
    inside = [
        drawn.rgb[b * drawn.stride + 3 * a]
        for b in range(round(y), round(y + h))
        for a in range(round(x), round(x + w))
    ]
    assert sum(level < 128 for level in inside) > 0.05 * len(inside), "the words lie under it"


def test_the_pages_of_a_tiff_are_pages_and_the_frames_of_a_film_are_not(scan: Scanner) -> None:
    first, second = Sheet().lines(FERRY).picture, Sheet().lines(["Second page of the timetable"]).picture
    bare = Image.new("L", (600, 400), 255)
    tiff = as_file(
        first.convert("1"), "TIFF", save_all=True, append_images=[bare.convert("1"), second.convert("1")]
    )
    document = read_image(tiff, "a.tif", scan=scan)
    assert [page.text.splitlines()[:1] for page in document.pages] == [
        [FERRY[0]], [""], ["Second page of the timetable"]
    ]  # fmt: skip
    assert document.problems == (), "nothing is missing from a bare page"
    assert {run.page for block in document.blocks for run in block.runs} == {1, 3}
    skipped = read_image(tiff, "a.tif", scan=scan, skip={3: "timed_out"})
    assert [(p.reason, p.part) for p in skipped.problems] == [("timed_out", "page 3")]
    film = as_file(first, "GIF", save_all=True, append_images=[second])
    assert len(read_image(film, "a.gif", scan=scan).pages) == 1


def test_a_broken_page_of_a_tiff_is_named_and_the_others_are_read(scan: Scanner) -> None:
    first, second = Sheet().lines(FERRY).picture, Sheet().lines(["Second page"]).picture
    data = as_file(first, "TIFF", save_all=True, append_images=[second], compression="tiff_deflate")
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        [begin, *_] = image.tag_v2[273]  # type: ignore[attr-defined]
    data = data[:begin] + bytes(40) + data[begin + 40 :]
    document = read_image(data, "a.tif", scan=scan)
    assert document.pages[0].text.startswith(FERRY[0])
    assert [(p.reason, p.part) for p in document.problems] == [("damaged", "page 2")]


def test_a_picture_in_an_unknown_writing_says_so_and_a_bare_one_has_no_text(scan: Scanner) -> None:
    strange = (
        Sheet().lines(["Паром на острова уходит из гавани", "По воскресеньям он уходит позже"]).as_file()
    )
    with pytest.raises(Unreadable) as caught:
        read_image(strange, "a.png", scan=scan)
    assert (caught.value.problem.reason, caught.value.problem.detail) == ("no_text", UNKNOWN)
    with pytest.raises(Unreadable) as caught:
        read_image(as_file(Image.new("RGB", (500, 300), "white")), "a.png", scan=scan)
    assert (caught.value.problem.reason, caught.value.problem.detail) == ("no_text", "")


def test_without_recognition_that_is_said() -> None:
    with pytest.raises(Unreadable) as caught:
        read_image(Sheet().lines(FERRY).as_file(), "a.png")
    assert (caught.value.problem.reason, caught.value.problem.detail) == ("no_text", SWITCHED_OFF)


def png(width: int, height: int) -> bytes:
    """Return a small PNG that says it is large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(60_000, 60_000), "too_large"),
        (png(10_000, 10_000), "too_large"),
        (png(200, 200), "damaged"),
        (Sheet().lines(FERRY).as_file()[:2000], "damaged"),
        (Sheet().lines(FERRY).as_file("JPEG")[:900], "damaged"),
        (b"II*\0" + bytes(100), "damaged"),
        (b"GIF89a" + bytes(100), "damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20), "damaged"),
        (b"", "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_has_a_reason(scan: Scanner, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_image(data, "a.png", scan=scan)
    assert caught.value.problem.reason == reason
    with pytest.raises(Unreadable):
        render_page(data, 1, 1.0, kind="image")


def test_a_picture_without_a_size_is_drawn_like_a_sheet_of_paper() -> None:
    for dpi, width in (((200, 200), 612), (None, 595), ((4, 4), 595), ((96, 96), 595)):
        options = {"dpi": dpi} if dpi else {}
        data = as_file(Image.new("L", (1700, 2200), 255), "PNG", **options)
        assert render_page(data, 1, 1.0, kind="image").width == pytest.approx(width, abs=1)
    with pytest.raises(Unreadable, match="no page 2"):
        render_page(data, 2, 1.0, kind="image")
    clear = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(clear, "PNG")
    drawn = render_page(clear.getvalue(), 1, 1.0, kind="image")
    assert set(drawn.rgb) == {255}, "what is transparent is paper"
