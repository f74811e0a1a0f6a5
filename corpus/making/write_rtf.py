"""Write a paper in Rich Text Format (version 1.9): every letter beyond ASCII as its code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from corpus.making.source import Paper

_SIZES: Final = {"title": 36, "heading": 28, "paragraph": 22}  # half points


def _escaped(text: str) -> str:
    """Return `text` in ASCII: for each letter beyond it, its code."""
    text = re.sub(r"([\\{}])", r"\\\1", text)
    return re.sub(r"[^\x00-\x7f]", lambda found: f"\\u{ord(found[0])}?", text)


def _paragraph(text: str, kind: str) -> str:
    bold = "" if kind == "paragraph" else "\\b"
    level = "\\outlinelevel0" if kind == "heading" else ""
    return f"{{\\pard\\sa120{level}{bold}\\fs{_SIZES[kind]} {_escaped(text)}\\par}}\n"


def write_rtf(paper: Paper, path: Path) -> None:
    """Write `paper` to `path`."""
    day = paper.day
    info = (
        f"{{\\info{{\\title {_escaped(paper.title)}}}{{\\author {_escaped(paper.author)}}}"
        f"{{\\creatim\\yr{day.year}\\mo{day.month}\\dy{day.day}\\hr9\\min0}}}}\n"
    )
    body = [_paragraph(paper.title, "title"), _paragraph(paper.subtitle, "paragraph")]
    body.append(_paragraph(paper.notice, "paragraph"))
    body += [_paragraph(block.text, block.kind) for block in paper.blocks]
    head = "{\\rtf1\\ansi\\ansicpg1251\\uc1\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\n"
    path.write_bytes((head + info + "".join(body) + "}\n").encode("ascii"))
