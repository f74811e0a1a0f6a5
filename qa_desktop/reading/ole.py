"""Open the files that Office wrote before 2007: streams in a compound file (OLE)."""

from __future__ import annotations

import datetime
import io
import logging
from typing import Any

from qa_desktop.reading.blocks import About
from qa_desktop.reading.problems import Unreadable

Ole = Any  # olefile publishes no types

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_UTF8 = 65_001
_LARGEST_STREAM = 200_000_000


def open_ole(data: bytes) -> Ole:
    """Open a compound file; raises `Unreadable` ("damaged"; "encrypted" for a protected file)."""
    import olefile  # noqa: PLC0415 - rarely needed

    logging.getLogger("olefile").setLevel(logging.CRITICAL)
    try:
        ole = olefile.OleFileIO(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # olefile raises anything over a broken file
        raise Unreadable("damaged", f"{type(error).__name__}: {error}"[:200]) from error
    if ole.exists("EncryptedPackage") or ole.exists("\x06DataSpaces"):
        raise Unreadable("encrypted", "protected office document")
    return ole


def stream(ole: Ole, name: str | list[str]) -> bytes:
    """Return the bytes of a stream, none where there is no such stream or it is broken."""
    try:
        if (
            not ole.exists(name) or ole.get_type(name) != 2 or ole.get_size(name) > _LARGEST_STREAM
        ):  # 2: stream
            return b""
        return bytes(ole.openstream(name).read())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - olefile raises anything over a broken file
        return b""


def about_ole(ole: Ole) -> About:
    """Return title, author and date from the summary information."""
    try:
        found = ole.get_metadata()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - facts that are broken are no reason not to read the text
        return About()
    page = found.codepage if isinstance(found.codepage, int) else 1252
    page = page + 65_536 if page < 0 else page

    def text(value: object) -> str:
        if isinstance(value, bytes):
            return _decoded(value.rstrip(b"\0"), page)
        return value.rstrip("\0") if isinstance(value, str) else ""

    made = next(
        (d for d in (found.create_time, found.last_saved_time) if isinstance(d, datetime.datetime)), None
    )
    date = made.date().isoformat() if made and made.year > 1980 else ""
    return About(
        text(found.title), text(found.author) or text(found.last_saved_by), date, origin="document properties"
    )


def _decoded(data: bytes, page: int) -> str:
    name = {_UTF8: "utf-8", 1200: "utf-16-le", 10_000: "mac_roman"}.get(page, f"cp{page}")
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")
