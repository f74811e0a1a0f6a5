"""Files with documents inside them."""

from __future__ import annotations

import io
import os
import zipfile
from email.message import EmailMessage
from pathlib import Path


def make_zip_of(files: dict[str, bytes]) -> bytes:
    """Return an archive of these files, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def make_mail(text: str, attachments: dict[str, bytes]) -> bytes:
    """Return a message with attachments."""
    message = EmailMessage()
    message["From"] = "Ana Example <ana@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = "Notes from the valley"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def write_later(path: Path, data: bytes) -> None:
    """Write a file with a date two seconds after the one it had, or now."""
    later = path.stat().st_mtime_ns + 2_000_000_000 if path.exists() else None
    path.write_bytes(data)
    if later:
        os.utime(path, ns=(later, later))
