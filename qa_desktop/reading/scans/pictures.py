"""Open a file that holds pictures, with Pillow: page by page, turned as its maker meant it, within limits."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qa_desktop.reading.isolation import limits
from qa_desktop.reading.problems import Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF", "JPEG2000")
_PAGED = ("TIFF",)  # the other formats' frames are a film: the first tells what it shows
_DPI = (50.0, 1300.0)  # dots per inch that can be meant
_A4 = 595.0  # points: the shorter side of a page that does not say how large it is
_SIDES = (70.0, 1200.0)  # points: shorter sides that are believed, from a receipt to A2
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError, TypeError, OverflowError)


class Pictures:
    """An open file of pictures; `count` is the number of its pages."""

    def __init__(self, image: Image) -> None:
        self._image = image
        frames = getattr(image, "n_frames", 1) if image.format in _PAGED else 1
        self.count = min(int(frames), limits.MOST_PAGES)

    def page(self, number: int) -> Image:
        """Return page `number` (counted from 1), turned as the camera held it.

        Raises `Unreadable` ("damaged", "too_large").
        """
        from PIL import ImageOps

        if not 1 <= number <= self.count:
            raise Unreadable("damaged", f"There is no page {number}.")
        with _told():
            if number != 1 or self.count > 1:
                self._image.seek(number - 1)
            self._image.load()
            return ImageOps.exif_transpose(self._image)


@contextmanager
def open_pictures(data: bytes) -> Iterator[Pictures]:
    """Open pictures; raises `Unreadable` ("damaged", "too_large")."""
    from PIL import Image

    with _told():
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        pictures = Pictures(image)
    try:
        yield pictures
    finally:
        image.close()


@contextmanager
def _told() -> Iterator[None]:
    """Turn what Pillow raises over a file into `Unreadable`; more pixels than it allows are too many."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable("too_large", "The picture has more pixels than can be read.") from error
    except _BROKEN as error:
        raise Unreadable("damaged", f"{type(error).__name__}: {error}"[:300]) from error


def points_across(picture: Image) -> float:
    """Return the width of a picture in points: as it says itself, else as if it were a sheet of A4."""
    try:
        dpi = float(picture.info.get("dpi", (0.0, 0.0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    if _DPI[0] <= dpi <= _DPI[1] and _SIDES[0] <= min(picture.size) * 72 / dpi <= _SIDES[1]:
        return picture.width * 72 / dpi
    return _A4 * picture.width / min(picture.size)
