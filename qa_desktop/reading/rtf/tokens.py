"""Rich Text as tokens and as letters: control words, groups, and bytes in one of a dozen code pages.

Written after the Rich Text Format Specification 1.9.1 (Microsoft, 2008).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z'])|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
# Code pages by the character set of a font; 0 and 1 are the document's own.
CHARSETS = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "cp936", 81: "cp950", 128: "cp932", 129: "cp949",
    130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL_CHARSET = 2
SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "nbsp": "\u00a0", "nbhyphen": "\u2011",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "page": "\n", "column": "\n", "nestcell": " ", "nestrow": " ",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is word, open, close or bytes; `word` a control word, `number` its own or None."""

    kind: str
    word: str = ""
    number: int | None = None
    data: bytes = b""


def tokens_of(data: bytes) -> Iterator[Token]:
    """Yield the tokens of Rich Text; binary data are skipped, whatever they hold."""
    at = 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        kind = match.lastgroup
        if match["word"]:
            word = match["word"].decode("ascii")
            number = int(match["number"]) if match["number"] else None
            if word == "bin":
                at += max(0, number or 0)
            else:
                yield Token("word", word, number)
        elif kind == "byte":
            yield Token("bytes", data=bytes.fromhex(match["byte"].decode("ascii")))
        elif kind == "sign":
            yield (
                Token("word", _SIGN_WORDS.get(match["sign"], ""))
                if match["sign"] not in b"\\{}"
                else Token("bytes", data=match["sign"])
            )
        elif kind in ("open", "close"):
            yield Token(kind)
        elif kind == "text":
            yield Token("bytes", data=match["text"])


_SIGN_WORDS = {
    b"~": "nbsp",
    b"_": "nbhyphen",
    b"-": "softhyphen",
    b"*": "*",
    b"\n": "par",
    b"\r": "par",
    b"\t": "tab",
}


def code_page(number: int) -> str:
    """Return Python's name of a Windows code page, cp1252 for one that it does not know."""
    name = {65_001: "utf-8", 10_000: "mac_roman", 1361: "johab", 0: "cp1252"}.get(number, f"cp{number}")
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def letters(data: bytes, page: str) -> str:
    """Return bytes as text, "" for those of a symbol font (`page` is ""), whose letters mean pictures."""
    if not page:
        return "•" if data.strip() == b"\xb7" else ""
    return data.decode(page, "replace")


def whole(text: str) -> str:
    """Return `text` with halves of surrogate pairs joined, without signs from symbol fonts."""
    if text.isascii():
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(c for c in joined if not 0xE000 <= ord(c) <= 0xF8FF)
