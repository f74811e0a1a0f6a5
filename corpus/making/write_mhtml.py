"""Write a web page as browsers save it in one file (MHTML, RFC 2557): the page as a part of a message."""

from __future__ import annotations

import quopri
import re
from pathlib import Path
from typing import Final

_BOUNDARY: Final = "----=_saved_page_demonstration"
_PLACE: Final = "https://digest.example/"
_TITLE: Final = re.compile(r"<title>(.*?) – ", re.DOTALL)


def write_mhtml(source: Path, path: Path) -> None:
    """Write the HTML page `source` to `path`, with line ends as on the wire."""
    page = source.read_text("utf-8")
    title = _TITLE.search(page)
    place = f"{_PLACE}{source.stem}"
    body = quopri.encodestring(page.encode()).decode("ascii")
    lines = [
        "From: <Saved by the QA Desktop demonstration library>",
        f"Snapshot-Content-Location: {place}",
        f"Subject: {title[1] if title else source.stem}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/related; type="text/html"; boundary="{_BOUNDARY}"',
        "",
        f"--{_BOUNDARY}",
        "Content-Type: text/html",
        "Content-Transfer-Encoding: quoted-printable",
        f"Content-Location: {place}",
        "",
        *body.splitlines(),
        f"--{_BOUNDARY}--",
    ]
    path.write_bytes("".join(f"{line}\r\n" for line in lines).encode("ascii"))
