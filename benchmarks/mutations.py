"""Damage files as a fuzzer does: bytes, blocks, numbers, words; also inside zip packages and PDF streams."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

MOST = 8_000_000  # bytes of a damaged file
_REPACKED = 0.85  # share of the damage to a package that is done to its members
_MOST_UNPACKED = 4_000_000  # bytes of a member or stream that is damaged
_NUMBER = re.compile(rb"\d{1,9}")
_TOKEN = re.compile(rb"[A-Za-z_:][\w:.-]{2,30}")
_ATTRIBUTE = re.compile(rb'="[^"<>]{1,60}"')
_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]{0,40})\b[^<>]{0,400}>")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_EXTREMES = (
    b"0", b"-1", b"1", b"255", b"65535", b"65536", b"2147483647", b"-2147483648", b"4294967296",
    b"99999999999", b"1e308", b"nan", b"0.0000001", b"1048576",
)  # fmt: skip
_PIECES = (
    b"<!DOCTYPE a [<!ENTITY b 'cccccccccc'><!ENTITY d '&b;&b;&b;&b;'>]>", b"&d;", b"<![CDATA[", b"]]>",
    b"<!--", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n.\r\n", b"../../../../tmp/fuzz",
    b"{\\rtf1", b"%PDF-1.7", b"PK\x03\x04", b"--=_boundary\r\n", b"=?utf-8?B?//79?=", b"\xe2\x80\xae",
    b"<table><tr><td colspan=99999 rowspan=99999>", b'<text:s text:c="2000000000"/>', b"[[[[[[[[",
    b'{"a":', b"\n\n\n\n",
)  # fmt: skip

Damage = Callable[[bytes, random.Random], bytes]


def damaged(data: bytes, other: bytes, chance: random.Random) -> tuple[bytes, list[str]]:
    """Return `data` damaged in one to six ways, and their names; `other` lends blocks of its bytes."""
    ways: list[str] = []
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6))):
        way = chance.choice(_WAYS)
        if data.startswith(b"PK\x03\x04") and chance.random() < _REPACKED:
            way = _in_zip
        elif way is _in_zip:
            way = _in_stream if b"endstream" in data else _tokens
        data = _crossed(data, other, chance) if way is _crossed_alone else way(data, chance)
        ways.append(way.__name__.strip("_"))
        data = data[:MOST]
    return data, ways


def _flips(data: bytes, chance: random.Random) -> bytes:
    """Turn single bits, or set single bytes."""
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.choice((1, 4, 16, 64, 256)))):
        at = chance.randrange(len(changed))
        changed[at] = (
            changed[at] ^ (1 << chance.randrange(8)) if chance.random() < 0.7 else chance.randrange(256)
        )
    return bytes(changed)


def _copied(data: bytes, chance: random.Random) -> bytes:
    """Repeat a block, once or many times."""
    if not data:
        return data
    start = chance.randrange(len(data))
    block = data[start : start + chance.choice((4, 40, 400, 4_000))]
    at = chance.randrange(len(data))
    return data[:at] + block * chance.choice((1, 2, 10, 200, 2_000)) + data[at:]


def _cut(data: bytes, chance: random.Random) -> bytes:
    """Break off, or leave out a block."""
    if not data:
        return data
    at = chance.randrange(len(data))
    return (
        data[:at] if chance.random() < 0.4 else data[:at] + data[at + chance.choice((1, 16, 512, 20_000)) :]
    )


def _inserted(data: bytes, chance: random.Random) -> bytes:
    """Put in something that parsers react to."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_PIECES) * chance.choice((1, 1, 3, 300)) + data[at:]


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """Replace numbers by extreme ones."""
    rate = chance.choice((0.002, 0.02, 0.3))
    return _NUMBER.sub(lambda m: chance.choice(_EXTREMES) if chance.random() < rate else m[0], data)


def _attributes(data: bytes, chance: random.Random) -> bytes:
    """Blow up the values of attributes."""
    rate = chance.choice((0.005, 0.1))
    values = [b'="' + value + b'"' for value in (*_EXTREMES, b"", b"A" * 5_000, b"&#0;", b"../../x", b"true")]
    return _ATTRIBUTE.sub(lambda m: chance.choice(values) if chance.random() < rate else m[0], data)


def _tokens(data: bytes, chance: random.Random) -> bytes:
    """Exchange words with each other."""
    found = [m.span() for m in _TOKEN.finditer(data[:400_000])]
    if len(found) < 2:
        return _flips(data, chance)
    changed = data
    for _ in range(chance.choice((1, 3, 12))):
        one, other = sorted(chance.sample(found, 2))
        if one[1] <= other[0] and one[1] - one[0] == other[1] - other[0]:
            a, b = changed[slice(*one)], changed[slice(*other)]
            changed = changed[: one[0]] + b + changed[one[1] : other[0]] + a + changed[other[1] :]
        else:
            word = changed[slice(*other)]
            changed = (
                changed[: one[0]] + word[: one[1] - one[0]].ljust(one[1] - one[0], b"x") + changed[one[1] :]
            )
    return changed


def _nested(data: bytes, chance: random.Random) -> bytes:
    """Open an element again and again inside itself."""
    found = list(_ELEMENT.finditer(data[:400_000]))
    if not found:
        return _copied(data, chance)
    element = chance.choice(found)
    times = chance.choice((3, 60, 900, 20_000))
    closed = element[0].endswith(b"/>")
    closing = b"</" + element[1] + b">" if not closed and chance.random() < 0.9 else b""
    return data[: element.end()] + element[0] * times + closing * times + data[element.end() :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    """Repeat a whole element, or leave it out."""
    found = list(_ELEMENT.finditer(data[:400_000]))
    if not found:
        return _copied(data, chance)
    element = chance.choice(found)
    end = element.end()
    if not element[0].endswith(b"/>"):
        closing = b"</" + element[1] + b">"
        at = data.find(closing, end)
        end = at + len(closing) if at >= 0 else end
    times = chance.choice((0, 2, 30, 3_000))
    return data[: element.start()] + data[element.start() : end] * times + data[end:]


def _in_zip(data: bytes, chance: random.Random) -> bytes:
    """Damage members of a package and pack it again, so that the damage is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [
                (info.filename, archive.read(info))
                for info in archive.infolist()[:400]
                if info.file_size <= _MOST_UNPACKED
            ]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        return _flips(data, chance)
    if not members:
        return _flips(data, chance)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(members))
        name, content = members[at]
        ways = _WELL_FORMED if chance.random() < 0.8 else _INSIDE
        members[at] = (name, chance.choice(ways)(content, chance)[:_MOST_UNPACKED])
    if chance.random() < 0.1:
        members.append(members[chance.randrange(len(members))])  # a name that occurs twice
    if chance.random() < 0.1:
        del members[chance.randrange(len(members))]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about names that occur twice
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _in_stream(data: bytes, chance: random.Random) -> bytes:
    """Damage what is compressed in a PDF, and leave its table of places wrong, which readers mend."""
    found = [m for m in _STREAM.finditer(data[:3_000_000]) if len(m[1]) < _MOST_UNPACKED]
    if not found:
        return _flips(data, chance)
    stream = chance.choice(found)
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(stream[1], _MOST_UNPACKED)
        content = zlib.compress(chance.choice(_INSIDE)(content, chance)[:_MOST_UNPACKED])
    except zlib.error:
        content = chance.choice(_INSIDE)(stream[1], chance)
    return data[: stream.start(1)] + content + data[stream.end(1) :]


def _crossed_alone(data: bytes, _: random.Random) -> bytes:
    """Stand for `_crossed`, which needs other files too."""
    return data


def _crossed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Overwrite a block with one of another file."""
    if not data or not other:
        return data
    size = chance.choice((16, 512, 8_192))
    start, at = chance.randrange(len(other)), chance.randrange(len(data))
    return data[:at] + other[start : start + size] + data[at + size :]


_INSIDE: tuple[Damage, ...] = (_flips, _copied, _cut, _inserted, _numbers, _attributes, _tokens, _nested)
# After these a member is still XML, mostly: what is wrong with it is found by the reader, not by the parser.
_WELL_FORMED: tuple[Damage, ...] = (_numbers, _attributes, _attributes, _nested, _doubled, _tokens)
_WAYS: tuple[Damage, ...] = (*_INSIDE, _doubled, _in_zip, _in_zip, _in_zip, _in_zip, _crossed_alone)
