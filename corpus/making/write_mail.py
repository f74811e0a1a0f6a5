"""Write an e-mail as a file (RFC 5322, RFC 2045 to 2047): header words and bodies in UTF-8, encoded.

The standard library folds headers differently from version to version, so the few lines are written here.
"""

from __future__ import annotations

import base64
import quopri
import tomllib
from pathlib import Path
from typing import Any, Final

from corpus.making.write_note_pdf import note_pdf

_BOUNDARY: Final = "=_reading_room_demonstration"


def _word(text: str) -> str:
    """Encode `text` as an RFC 2047 word unless it is plain ASCII."""
    if text.isascii():
        return text
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def _address(pair: list[str]) -> str:
    name, address = pair
    return f"{_word(name)} <{address}>"


def _part(part: dict[str, Any]) -> list[str]:
    """Return the lines of one part: its header, a blank line, its body; text as quoted-printable."""
    name = part.get("filename", "")
    if part["type"] == "application/pdf":
        data = note_pdf(part["text"], part["title"], part["author"])
        return [
            f'Content-Type: {part["type"]}; name="{name}"',
            "Content-Transfer-Encoding: base64",
            f'Content-Disposition: attachment; filename="{name}"',
            "",
            *base64.encodebytes(data).decode("ascii").splitlines(),
        ]
    lines = [f'Content-Type: {part["type"]}; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable"]
    if name:
        lines.append(f'Content-Disposition: attachment; filename="{name}"')
    body = quopri.encodestring(part["text"].lstrip("\n").encode()).decode("ascii")
    return [*lines, "", *body.splitlines()]


def write_mail(source: Path, path: Path) -> None:
    """Write the message described in the TOML file `source` to `path`, with line ends as on the wire."""
    mail = tomllib.loads(source.read_text("utf-8"))
    lines = [
        f"From: {_address(mail['from'])}",
        f"To: {_address(mail['to'])}",
        f"Subject: {_word(mail['subject'])}",
        f"Date: {mail['date']}",
        f"Message-ID: {mail['message_id']}",
    ]
    if "in_reply_to" in mail:
        lines.append(f"In-Reply-To: {mail['in_reply_to']}")
    lines.append("MIME-Version: 1.0")
    parts = mail["parts"]
    if len(parts) == 1:
        lines += _part(parts[0])
    else:
        lines += [f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"', ""]
        for part in parts:
            lines += [f"--{_BOUNDARY}", *_part(part)]
        lines.append(f"--{_BOUNDARY}--")
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
