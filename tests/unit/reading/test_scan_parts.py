"""The steps of recognition, each by itself: patches, order, spelling, what is kept."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from qa_desktop.domain import ScannedWord
from qa_desktop.reading.scans.letters import Spelled, spell
from qa_desktop.reading.scans.order import ReadLine, in_rows
from qa_desktop.reading.scans.scanned import Scanned, ScannedLine, assemble, from_values, page_text, to_values
from qa_desktop.reading.scans.strips import Strip, _patches, strips_in
from qa_desktop.reading.scans.upright import Upright, find_angle
from tests.support.scans import FERRY, Sheet


@given(arrays(np.bool_, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_patches_are_the_connected_parts_of_a_mask(mask: NDArray[np.bool_]) -> None:
    found = [
        frozenset((int(y), x) for y, a, b in zip(*runs, strict=True) for x in range(a, b))
        for runs in _patches(mask)
    ]
    rest = {(int(y), int(x)) for y, x in zip(*np.nonzero(mask), strict=True)}
    expected = []
    while rest:
        todo, patch = [rest.pop()], set()
        while todo:
            y, x = todo.pop()
            patch.add((y, x))
            near = {(y + i, x + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & rest
            rest -= near
            todo += near
        expected.append(frozenset(patch))
    assert sorted(map(sorted, found)) == sorted(map(sorted, expected))


def test_a_slanting_patch_has_a_slanting_frame_and_a_faint_one_none() -> None:
    scores = np.zeros((200, 400), np.float32)
    for x in range(50, 350):
        y = 60 + round(0.1 * x)
        scores[y : y + 12, x] = 0.9
    scores[150:160, 50:300] = 0.4
    [strip] = strips_in(scores, 2.0)
    assert strip.slope == pytest.approx(0.1, abs=0.01)
    assert strip.x == pytest.approx(400, abs=4)
    assert strip.y == pytest.approx(172, abs=4)


def test_a_lone_figure_lies_and_a_line_up_the_margin_stands() -> None:
    scores = np.zeros((400, 400), np.float32)
    scores[40:52, 100:300] = scores[80:92, 100:300] = scores[40:52, 50:56] = scores[120:320, 10:22] = 1.0
    stands = {strip.stands: strip for strip in strips_in(scores, 1.0) if strip.length < 50 or strip.stands}
    assert stands[True].length > 200
    assert stands[False].x == pytest.approx(53)


def line(text: str, x: float, y: float, length: float = 200.0) -> ReadLine:
    words = text.split()
    places = [(i / len(words), (i + 0.9) / len(words)) for i in range(len(words))]
    spelled = (Spelled(w, *place, 0.9) for w, place in zip(words, places, strict=True))
    return ReadLine(Strip(x, y, length, 30.0), tuple(spelled))


@given(st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 2000), st.integers(20, 1200)), max_size=40))
def test_every_line_is_in_the_order_once(places: list[tuple[int, int, int]]) -> None:
    lines = [line(f"word {i}", x, y, length) for i, (x, y, length) in enumerate(places)]
    ordered = [x for row in in_rows(lines) for x in row]
    assert sorted(x.words[1].text for x in ordered) == sorted(x.words[1].text for x in lines)


def test_a_heading_over_two_columns_comes_first_and_one_between_parts_them() -> None:
    lines = [line("head of all the page", 500, 100, 900), line("middle of all the page", 500, 500, 900)]
    for i in range(4):
        for part, y in (("upper", 150), ("lower", 550)):
            lines += [
                line(f"{part} left {i}", 240, y + 40 * i, 420),
                line(f"{part} right {i}", 760, y + 40 * i, 420),
            ]
    texts = [" ".join(w.text for w in x.words) for row in in_rows(lines[::-1]) for x in row]
    parts = [
        [f"{part} {side} {i}" for side in ("left", "right") for i in range(4)] for part in ("upper", "lower")
    ]
    assert texts == ["head of all the page", *parts[0], "middle of all the page", *parts[1]]


def test_repeated_signs_blanks_and_dirt_are_spelled() -> None:
    signs = ("", "l", "a", "·", ".", "日", " ")
    # a a – l l – l (blank) · between a and a, a faint stop, and two signs of a writing without blanks
    path = [(2, 1.0), (2, 1.0), (0, 1.0), (1, 1.0), (1, 1.0), (0, 1.0), (1, 1.0), (6, 1.0), (2, 0.9),
            (3, 0.8), (2, 0.9), (4, 0.4), (6, 1.0), (5, 0.8), (0, 1.0), (5, 0.9)]  # fmt: skip
    scores = np.zeros((len(path), len(signs)), np.float32)
    for step, (sign, sure) in enumerate(path):
        scores[step, sign] = sure
    strip = np.full((48, 8 * len(path)), 255, np.uint8)
    words = spell(scores, signs, strip, strip.shape[1])
    assert [(w.text, w.glued) for w in words] == [
        ("all", False), ("a", False), ("a", False), ("日", False), ("日", True)
    ]  # fmt: skip
    assert [w.start for w in words] == sorted(w.start for w in words)
    assert all(0 <= w.start < w.end <= 1 for w in words)
    assert words[3].confidence == pytest.approx(0.8)


@pytest.mark.parametrize(("sure", "read"), [(0.5, "ete"), (0.99, "été")])
def test_a_doubtful_accent_is_believed_only_beside_a_sure_one(sure: float, read: str) -> None:
    scores = np.zeros((6, 3), np.float32)
    scores[0, 1], scores[2, 2], scores[4, 1] = sure, 1.0, 0.6
    scores[[1, 3, 5], 0] = 1.0
    [word] = spell(scores, ("", "é", "t"), np.full((48, 48), 255, np.uint8), 48)
    assert word.text == read


@given(
    st.integers(0, 3), st.floats(-7, 7), st.integers(100, 3000), st.integers(100, 3000),
    st.floats(0.2, 0.8), st.floats(0.2, 0.8),
)  # fmt: skip
def test_a_place_on_the_upright_page_leads_back_to_the_shown_one(
    quarters: int, angle: float, width: int, height: int, across: float, down: float
) -> None:
    upright = Upright(width, height, quarters, angle)
    w, h = upright.size
    left, top, wide, high = upright.shown(across * w, down * h, across * w, down * h)
    assert wide == high == 0
    if not angle:
        expected = [(across, down), (1 - down, across), (1 - across, 1 - down), (down, 1 - across)][quarters]
        assert (left, top) == pytest.approx(expected)
    assert upright.shown(0.5 * w, 0.5 * h, 0.5 * w, 0.5 * h)[:2] == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize("angle", [0.0, 0.6, -1.2, 4.0, -7.5])
def test_the_angle_of_a_page_is_found(angle: float) -> None:
    picture = Sheet((1200, 900)).lines([*FERRY, *FERRY]).picture.rotate(-angle, fillcolor=255)
    assert find_angle(picture) == pytest.approx(angle, abs=0.1)


def page() -> Scanned:
    rows = [(line("one two", 200, 100), line("three", 900, 100)), (line("four inter-", 200, 150),)]
    return assemble(rows, Upright(1000, 1400), unread=0.1, engine="e")


def test_a_page_is_kept_as_values_and_comes_back() -> None:
    scanned = page()
    assert scanned.text == "one two\tthree\nfour inter-\n"
    assert from_values(json.loads(json.dumps(to_values(scanned)))) == scanned
    text = page_text(scanned, 3, 500)
    assert [x.text for x in text.lines] == ["one two\tthree", "four inter-"]
    assert [x.hyphen for x in text.lines] == [False, True]
    assert text.width == 500
    assert text.height == 700
    assert text.lines[0].left == pytest.approx(50)
    assert text.lines[0].base > text.lines[1].base


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(page(), text="one"),
        replace(page(), words=(ScannedWord(5, 5, 0, 0, 0, 0, 1),)),
        replace(page(), words=(ScannedWord(0, 900, 0, 0, 0, 0, 1),)),
        replace(page(), lines=(ScannedLine(0, 3, 0, 0, False, 90, (0.1,), (0.2,)),)),
        replace(page(), lines=(ScannedLine(0, 3, 0, 0, False, 0, (), ()),)),
    ],
)  # fmt: skip
def test_values_that_do_not_hold_together_are_refused(spoiled: Scanned) -> None:
    with pytest.raises(ValueError, match="scanned page"):
        from_values(to_values(spoiled))
    with pytest.raises(ValueError, match="scanned page"):
        from_values(["only text\n"])
