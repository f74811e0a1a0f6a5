"""Text in pictures of pages is read, in order, and every word is known to stand where it stands."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from qa_desktop.reading.scans.read import Eyes, UnknownWriting, is_blank, open_eyes, prepared, scan_page
from tests.support.scans import FERRY, Sheet, words_in


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    """The models, opened."""
    return Eyes(open_eyes().sight, None)


def test_every_word_is_read_and_stands_where_it_was_drawn(eyes: Eyes) -> None:
    sheet = Sheet().lines(FERRY)
    scanned = scan_page(sheet.picture, eyes)
    assert scanned.text == "\n".join(FERRY) + "\n"
    assert scanned.confidence > 0.95
    assert scanned.unread == 0
    assert words_in(scanned) == [word for word, _ in sheet.words]
    across, down = sheet.size
    for found, (word, (left, top, right, bottom)) in zip(scanned.words, sheet.words, strict=True):
        assert found.left * across == pytest.approx(left, abs=8), word
        assert (found.left + found.width) * across == pytest.approx(right, abs=8), word
        assert found.top * down <= top + 6, word
        assert (found.top + found.height) * down >= bottom - 8, word
        assert found.height * down < 60, word


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_read(eyes: Eyes, turn: int) -> None:
    sheet = Sheet().lines(FERRY)
    picture = sheet.picture.rotate(turn, expand=True)
    scanned = scan_page(picture, eyes)
    assert scanned.text == "\n".join(FERRY) + "\n"
    # The first word stands at the upper left of the upright page; so at another corner of this one.
    first = scanned.words[0]
    x, y = first.left + first.width / 2, first.top + first.height / 2
    assert (x < 0.5, y < 0.5) == {90: (True, False), 180: (False, False), 270: (False, True)}[turn]
    assert (first.height * picture.height > first.width * picture.width) == (turn != 180)
    paper = picture.crop(
        (
            round(first.left * picture.width) - 2,
            round(first.top * picture.height) - 2,
            round((first.left + first.width) * picture.width) + 2,
            round((first.top + first.height) * picture.height) + 2,
        )
    )
    assert not is_blank(paper), "the word's box holds ink"


@pytest.mark.parametrize("angle", [1.5, -2.5])
def test_a_page_that_lies_askew_is_read_and_marked(eyes: Eyes, angle: float) -> None:
    sheet = Sheet().lines(FERRY)
    picture = sheet.picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    scanned = scan_page(picture, eyes)
    assert scanned.text == "\n".join(FERRY) + "\n"
    marked = Image.new("L", picture.size, 255)
    for word in scanned.words:
        left, top = round(word.left * picture.width), round(word.top * picture.height)
        right = round((word.left + word.width) * picture.width)
        marked.paste(0, (left, top, right, round((word.top + word.height) * picture.height)))
    outside = sum(a < 100 and b == 255 for a, b in zip(picture.tobytes(), marked.tobytes(), strict=True))
    inked = sum(a < 100 for a in picture.tobytes())
    assert outside < 0.01 * inked, "nearly all ink lies under the boxes"


def test_columns_are_read_one_after_the_other_and_tables_row_by_row(eyes: Eyes) -> None:
    left = ["The bridge over the river was", "opened in the spring of 1931", "and carried two tracks, a",
            "road until the war came to it."]  # fmt: skip
    right = ["After the war a ferry served all", "villages for ten years, until", "the new bridge was up and",
             "the last of the boats was sold."]  # fmt: skip
    page = Sheet((1300, 700)).lines(["A bridge and a ferry"], left=400, size=44)
    page.lines(left, top=180, left=80).lines(right, top=180, left=660)
    text = scan_page(page.picture, eyes).text
    assert text.splitlines() == ["A bridge and a ferry", *left, *right]
    table = Sheet((1300, 500)).lines(["Year", "1931", "1946", "1957"], left=80)
    table.lines(["Tracks", "2", "0", "4"], left=500).lines(["Ferries", "3", "12", "7"], left=900)
    rows = [line.split("\t") for line in scan_page(table.picture, eyes).text.splitlines()]
    assert rows == [
        ["Year", "Tracks", "Ferries"],
        ["1931", "2", "3"],
        ["1946", "0", "12"],
        ["1957", "4", "7"],
    ]


def test_letters_with_marks_are_read(eyes: Eyes) -> None:
    texts = [
        "Vlada Srbije čeka odluku o žici i šumi đaka.",
        "Straßen für größere Städte, à côté de l’évêque.",
    ]
    assert scan_page(Sheet().lines(texts).picture, eyes).text.replace("'", "’").splitlines() == texts


def test_a_writing_that_is_not_known_is_not_stored_as_something_else(eyes: Eyes) -> None:
    russian = ["Паром на острова уходит из гавани в полдень.", "По воскресеньям он уходит на час позже.",
               "Зимой после четвёртого ноября рейсов нет."]  # fmt: skip
    with pytest.raises(UnknownWriting):
        scan_page(Sheet().lines(russian).picture, eyes)
    mixed = scan_page(Sheet().lines([*FERRY[:3], *russian[:2]]).picture, eyes)
    assert mixed.text == "\n".join(FERRY[:3]) + "\n"
    assert 0.2 < mixed.unread < 0.6


def test_a_drawing_is_no_writing(eyes: Eyes) -> None:
    face = Image.new("L", (800, 800), 255)
    draw = ImageDraw.Draw(face)
    draw.arc((300, 100, 700, 700), -80, 80, fill=0, width=40)
    for y in (200, 550):
        draw.ellipse((100, y, 150, y + 50), fill=0)
    scanned = scan_page(face, eyes)
    assert scanned.unread == 0
    assert not any(c.isalpha() for c in scanned.text)


def test_nothing_is_read_into_bare_paper(eyes: Eyes) -> None:
    bare = Image.effect_noise((900, 600), 8).point(lambda level: 240 + level // 20)
    assert is_blank(bare)
    assert not is_blank(Sheet().lines(["One."]).picture)
    assert scan_page(bare, eyes).text == "\n"
    assert scan_page(bare, eyes).words == ()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_pictures_of_every_kind_become_grey(mode: str) -> None:
    sheet = Sheet((300, 120)).lines(["ink"], left=40, top=30)
    picture = sheet.picture
    if mode.startswith("I"):
        picture = picture.convert("I").point(lambda level: level * 256)
        picture = picture.convert("I;16") if mode == "I;16" else picture
    else:
        picture = picture.convert(mode)
    grey = prepared(picture)
    assert grey.mode == "L"
    assert grey.tobytes()[0] > 230
    assert min(grey.tobytes()) < 60


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert prepared(clear).getextrema() == (255, 255)


def test_a_picture_larger_than_can_be_read_is_made_smaller() -> None:
    small = prepared(Image.new("L", (9000, 4000), 255))
    assert small.width * small.height <= 6_000_000
    assert small.width / small.height == pytest.approx(9 / 4, rel=0.01)
