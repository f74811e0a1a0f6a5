"""Open office documents that are protected by a password (by msoffcrypto)."""

from __future__ import annotations

import io
from typing import Any

from qa_desktop.reading.archives.archive import LARGEST_TOTAL
from qa_desktop.reading.problems import Unreadable

# Excel encrypts with this one when only the structure is protected, and opens such files without asking.
_DEFAULT = "VelvetSweatshop"


def unlocked(data: bytes, password: str | None) -> bytes:
    """Return the document in a compound file, decrypted by `password` if it is encrypted.

    Raises `Unreadable`: "encrypted", with the detail "wrong password" where one was given, or "damaged".
    """
    import msoffcrypto  # noqa: PLC0415 - few files need it
    from msoffcrypto.exceptions import FileFormatError  # noqa: PLC0415

    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not file.is_encrypted():
            return data
    except FileFormatError:
        return data  # its reader will say what is wrong with it
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it raises anything over a broken file
        return data
    for attempt in (_DEFAULT, password) if password else (_DEFAULT,):
        opened = _decrypted(file, attempt)
        if opened:
            return opened
    raise Unreadable("encrypted", "wrong password" if password else "protected office document")


def _decrypted(file: Any, password: str) -> bytes:
    """Return what `password` opens, b"" when that is nothing."""
    output = io.BytesIO()
    try:
        file.load_key(password=password)
        file.decrypt(output)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a wrong password shows in many ways
        return b""
    found = output.getvalue()
    return found if len(found) <= LARGEST_TOTAL else b""
