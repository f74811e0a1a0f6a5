"""Read a picture of a page: set it upright, find its lines, read them, and say where each word stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from qa_desktop.models.sight import Grey, Sight, in_steps, sight_name
from qa_desktop.reading.scans.letters import Spelled, spell
from qa_desktop.reading.scans.order import ReadLine, in_rows
from qa_desktop.reading.scans.scanned import Scanned, assemble
from qa_desktop.reading.scans.strips import Cutter, Strip, strips_in
from qa_desktop.reading.scans.tesseract import Tesseract
from qa_desktop.reading.scans.upright import Upright, find_angle

if TYPE_CHECKING:
    from PIL.Image import Image

METHOD = 1  # goes up when the same picture is to be read anew
MOST_PIXELS = 6_000_000  # of a picture that is read; A4 at 200 dots per inch has 3.9 million
_LONGEST_SIDE = 1600  # pixels in which lines are looked for
_PROBES = 8  # lines that tell whether a page is upside down
_DOUBTFUL = 0.9  # mean confidence below which it might be
_LEAST_CONFIDENCE = 0.5  # of a line that is kept
_ALONE = 0.85  # of a line that is one sign: specks and rules look like "-", "l" and "6"
_SURE, _LIKELY = 0.9, 0.7  # confidence of a line in a known writing; the lower one if it is dense enough
_DENSE = 1.1  # signs to a line's height, half of what print has
_LEAST_LENGTH = 4.0  # times its height: a line that tells something about the writing
_LEAST_LINES = 2  # of them: a single one may be a drawing
_KNOWN = 0.5  # share of a page, by the length of its lines, that must be in a known writing
_SOME = 0.15  # share of a page in another writing for which Tesseract is asked
_GREEK = re.compile(r"[\u0370-\u03ff]")  # known but for its accents: half the words have one


class UnknownWriting(Exception):
    """The page holds text, but in a writing that cannot be read here."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """What pages are read with: the models, and Tesseract for other writings where it is installed."""

    sight: Sight
    tesseract: Tesseract | None


@cache
def engine() -> str:
    """Return what would read a page now, and how: what was read before is valid for that."""
    tesseract = Tesseract.find()
    return f"scan {METHOD}, {sight_name()}" + (f", {tesseract.name}" if tesseract else "")


@cache
def open_eyes() -> Eyes:
    """Open the models, once in a process; about 0.4 s and 130 MB.  Raises `QAError` if they are not sound."""
    return Eyes(Sight(), Tesseract.find())


def scan_page(picture: Image, eyes: Eyes) -> Scanned:
    """Read the picture of a page as it is shown; its text is empty where there is nothing to read.

    Raises `UnknownWriting` if most of it is in a writing that nothing here can read.
    """
    picture = prepared(picture)
    upright, lines = _look(picture, eyes.sight)
    unread = _unknown_share(lines)
    kept = [x for x in lines if _is_known(x) and not _is_speck(x)]
    if unread > _SOME and eyes.tesseract:
        if unread > 1 - _KNOWN:
            for way in (upright, replace(upright, quarters=(upright.quarters + 2) % 4)):
                found = eyes.tesseract.read(way.apply(picture))
                if found:
                    return assemble(in_rows(found), way, unread=0.0, engine=eyes.tesseract.name)
        else:
            strange = [x.strip for x in lines if not _is_known(x)]
            found = [x for x in eyes.tesseract.read(upright.apply(picture)) if _lies_on(x.strip, strange)]
            kept += found
            unread = 0.0 if found else unread
    if unread > 1 - _KNOWN:
        raise UnknownWriting
    return assemble(in_rows(kept), upright, unread=unread, engine=engine())


def prepared(picture: Image) -> Image:
    """Return the picture in grey, on white where it is transparent, and no larger than can be read."""
    from PIL import Image as Pillow

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(white, picture)
    if picture.mode.startswith("I"):
        picture = picture.point(lambda level: level / 256)  # 16 bits
    grey = picture.convert("L")
    excess = grey.width * grey.height / MOST_PIXELS
    if excess > 1:
        size = max(1, int(grey.width / excess**0.5)), max(1, int(grey.height / excess**0.5))
        grey = grey.resize(size, Pillow.Resampling.BILINEAR, reducing_gap=2.0)
    return grey


def is_blank(picture: Image) -> bool:
    """Tell whether a picture shows bare paper: hardly a pixel differs from the rest."""
    histogram = picture.convert("L").resize((400, 400), reducing_gap=2.0).histogram()
    most = max(range(256), key=lambda level: histogram[level])
    return sum(n for level, n in enumerate(histogram) if abs(level - most) > 48) < 40


def _look(picture: Image, sight: Sight) -> tuple[Upright, list[ReadLine]]:
    """Return how a page was set upright, and all its lines, also those that make no sense."""
    upright = Upright(*picture.size, 0, find_angle(picture))
    straight = upright.apply(picture)
    strips = _find(straight, sight)
    if _stand(strips):
        turned = Upright(*picture.size, 1)
        upright = replace(turned, angle=find_angle(turned.apply(picture)))
        straight = upright.apply(picture)
        strips = _find(straight, sight)
    if _is_upside_down(straight, strips, sight):
        upright = replace(upright, quarters=(upright.quarters + 2) % 4)
        straight = upright.apply(picture)
        strips = [s.flipped(*straight.size) for s in strips]
    cutter = Cutter(straight)
    return upright, [_read(cutter, strip, sight) for strip in strips]


def _find(picture: Image, sight: Sight) -> list[Strip]:
    from PIL.Image import Resampling

    scale = max(1.0, max(picture.size) / _LONGEST_SIDE)
    size = in_steps(picture.width / scale), in_steps(picture.height / scale)
    grey: Grey = np.asarray(picture.resize(size, Resampling.BILINEAR, reducing_gap=2.0), np.uint8)
    across, down = picture.width / size[0], picture.height / size[1]
    scale = (across + down) / 2
    strips = strips_in(sight.find(grey), scale)
    return [replace(s, x=s.x * across / scale, y=s.y * down / scale) for s in strips]


def _stand(strips: Sequence[Strip]) -> bool:
    """Tell whether most text runs up or down the page."""
    long = [s for s in strips if s.length > 2 * s.height]
    standing = sum(s.length for s in long if s.stands)
    return standing > 0.5 * sum(s.length for s in long)


def _is_upside_down(picture: Image, strips: Sequence[Strip], sight: Sight) -> bool:
    """Tell whether the longest lines are read better upside down."""
    probes = sorted((s for s in strips if not s.stands), key=lambda s: -s.length / s.height)[:_PROBES]
    cutter = Cutter(picture)
    upright = mean_confidence([w for s in probes for w in _read(cutter, s, sight).words])
    if not probes or upright >= _DOUBTFUL:
        return False
    turned = mean_confidence([w for s in probes for w in _read(cutter, s, sight, upside_down=True).words])
    return turned > max(upright + 0.05, _LIKELY)


def _read(cutter: Cutter, strip: Strip, sight: Sight, *, upside_down: bool = False) -> ReadLine:
    grey, columns = cutter.cut(strip, upside_down=upside_down)
    return ReadLine(strip, tuple(spell(sight.read(grey), sight.signs, grey, columns)))


def mean_confidence(words: Iterable[Spelled]) -> float:
    """Return the mean confidence of words, each weighted by its length; 0 if there are none."""
    total = signs = 0.0
    for word in words:
        total += word.confidence * len(word.text)
        signs += len(word.text)
    return total / signs if signs else 0.0


def _is_known(line: ReadLine) -> bool:
    """Tell whether a line is in a writing that the models know.

    Of one that they do not know they read next to nothing, or what it resembles, unsurely.
    """
    confidence = mean_confidence(line.words)
    if line.strip.length < _LEAST_LENGTH * line.strip.height:
        return confidence >= _LEAST_CONFIDENCE
    dense = line.signs >= _DENSE * line.strip.length / line.strip.height
    if len(_GREEK.findall("".join(word.text for word in line.words))) > 0.3 * line.signs:
        dense = False
    return confidence >= (_LIKELY if dense else _SURE) and line.signs > 3


def _lies_on(strip: Strip, others: Sequence[Strip]) -> bool:
    """Tell whether the middle of a line lies on one of the others."""
    boxes = (other.box for other in others)
    return any(left < strip.x < right and top < strip.y < bottom for left, top, right, bottom in boxes)


def _is_speck(line: ReadLine) -> bool:
    return line.signs <= 1 and mean_confidence(line.words) < _ALONE


def _unknown_share(lines: Sequence[ReadLine]) -> float:
    """Return the share of lines, by length, in an unknown writing; 0 if all may be a drawing."""
    told = [x for x in lines if x.strip.length >= _LEAST_LENGTH * x.strip.height]
    if len(told) < _LEAST_LINES:
        return 0.0
    whole = sum(x.strip.length for x in told)
    return sum(x.strip.length for x in told if not _is_known(x)) / whole
