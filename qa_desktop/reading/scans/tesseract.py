"""Tesseract, where `tesserocr` and language data are installed: for writings that the models do not know."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa_desktop.reading.scans.letters import Spelled
from qa_desktop.reading.scans.order import ReadLine
from qa_desktop.reading.scans.strips import Strip

if TYPE_CHECKING:
    from PIL.Image import Image

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)
# Languages in writings that our models do not know, the ones with most readers of our libraries first.
_LANGUAGES = (
    "rus", "srp", "ukr", "bul", "mkd", "bel", "ell", "ara", "fas", "heb", "kor", "tha", "hin", "kat", "hye"
)  # fmt: skip
_MOST_AT_ONCE = 3  # languages that are tried together: each makes it slower
_LEAST_CONFIDENCE = 60.0  # percent, of a page in a language that is installed
_LEAST_OF_WORD = 20.0


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The languages that are installed, and the folder of their data."""

    folder: str
    languages: tuple[str, ...]

    @classmethod
    def find(cls) -> Tesseract | None:
        """Return what is installed, or None."""
        try:
            import tesserocr  # noqa: F401 - only whether it is there
        except ImportError:
            return None
        for folder in (os.environ.get("TESSDATA_PREFIX", ""), *_FOLDERS):
            if folder and (there := [x for x in _LANGUAGES if (Path(folder) / f"{x}.traineddata").is_file()]):
                return cls(folder, tuple(there))
        return None

    @property
    def name(self) -> str:
        """Name, version and languages."""
        import tesserocr

        version = tesserocr.tesseract_version().split()[1]
        return f"tesseract {version} {'+'.join(self.languages[:_MOST_AT_ONCE])}"

    def read(self, picture: Image) -> list[ReadLine]:
        """Return the lines of an upright picture; none if they make no sense in the languages installed."""
        import tesserocr

        languages = "+".join(self.languages[:_MOST_AT_ONCE])
        with tesserocr.PyTessBaseAPI(path=self.folder, lang=languages, psm=tesserocr.PSM.AUTO) as engine:
            engine.SetImage(picture)
            engine.Recognize()
            if engine.MeanTextConf() < _LEAST_CONFIDENCE:
                return []
            lines: list[ReadLine] = []
            words: list[tuple[str, tuple[int, int, int, int], float]] = []
            for item in tesserocr.iterate_level(engine.GetIterator(), tesserocr.RIL.WORD):
                if item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) and words:
                    lines.append(_line(words))
                    words = []
                text, box = item.GetUTF8Text(tesserocr.RIL.WORD), item.BoundingBox(tesserocr.RIL.WORD)
                sure = item.Confidence(tesserocr.RIL.WORD)
                if text and text.strip() and box and sure >= _LEAST_OF_WORD:
                    words.append((text.strip(), box, sure / 100))
            if words:
                lines.append(_line(words))
            return lines


def _line(words: list[tuple[str, tuple[int, int, int, int], float]]) -> ReadLine:
    left, right = min(b[0] for _, b, _ in words), max(b[2] for _, b, _ in words)
    top, bottom = min(b[1] for _, b, _ in words), max(b[3] for _, b, _ in words)
    length = max(1.0, float(right - left))
    spelled = tuple(
        Spelled(text, (box[0] - left) / length, (box[2] - left) / length, round(sure, 4))
        for text, box, sure in words
    )
    return ReadLine(Strip((left + right) / 2, (top + bottom) / 2, length, float(bottom - top)), spelled)
