"""Open the files that Office wrote before 2007: streams in a compound file (OLE)."""

from __future__ import annotations

import datetime
import io
import logging
import struct
from typing import Any

from qa_desktop.reading.blocks import About
from qa_desktop.reading.problems import Unreadable

Ole = Any  # olefile publishes no types

OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_UTF8 = 65_001
# Numbers of properties.
_CODE_PAGE, _TITLE, _AUTHOR, _CHANGER, _MADE, _CHANGED = 1, 2, 4, 8, 12, 13
_UTF16 = b"\xff\xfe"
_MOST_PROPERTIES = 200
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
    """Return title, author and date from the summary information ([MS-OLEPS] 2.21)."""
    found = _properties(stream(ole, "\x05SummaryInformation"))
    page = found.get(_CODE_PAGE, b"").ljust(2, b"\0")
    name = _page_name(int.from_bytes(page[:2], "little"))
    title, author, changer = (_text(found.get(key, b""), name) for key in (_TITLE, _AUTHOR, _CHANGER))
    made = _day(found.get(_MADE, b"")) or _day(found.get(_CHANGED, b""))
    return About(title, author or changer, made, origin="document properties")


def _properties(data: bytes) -> dict[int, bytes]:
    """Return the values of a set of properties by their numbers: times and strings as their bytes."""
    found: dict[int, bytes] = {}
    try:
        (start,) = struct.unpack_from("<I", data, 44)
        (count,) = struct.unpack_from("<I", data, start + 4)
        for index in range(min(count, _MOST_PROPERTIES)):
            key, at = struct.unpack_from("<II", data, start + 8 + 8 * index)
            (kind, size) = struct.unpack_from("<II", data, start + at)
            at += start + 8
            if kind == 30:  # a string in the code page of the set
                found[key] = data[at : at + size].split(b"\0", 1)[0]
            elif kind == 31:  # a string in UTF-16
                found[key] = _UTF16 + data[at : at + 2 * size]
            elif kind in (2, 64):  # a short number; a time
                found[key] = data[at - 4 : at + 4]
    except struct.error:
        return found  # what comes after the break is lost
    return found


def _text(value: bytes, page: str) -> str:
    if value.startswith(_UTF16):
        return value[2:].decode("utf-16-le", "replace").split("\0", 1)[0]
    try:
        return value.decode(page)
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def _page_name(number: int) -> str:
    name = {_UTF8: "utf-8", 1200: "utf-16-le", 10_000: "mac_roman"}.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _day(value: bytes) -> str:
    """Return the day of a time in tenths of microseconds since 1601, "" for none and for durations."""
    ticks = int.from_bytes(value, "little")
    try:
        day = datetime.date(1601, 1, 1) + datetime.timedelta(microseconds=ticks // 10)
    except OverflowError:
        return ""
    return day.isoformat() if 1981 <= day.year <= 2200 else ""
