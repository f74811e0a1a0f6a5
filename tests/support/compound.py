"""Write compound files (OLE), which olefile only reads: small Outlook messages and embedded objects."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
Tree = Mapping[str, "bytes | Tree"]


def compound(tree: Tree) -> bytes:
    """Return a compound file of streams (bytes) and storages (mappings)."""
    entries: list[list[int | str | bytes]] = [["Root Entry", 5, _FREE, _FREE, _FREE, b""]]
    _collect(tree, 0, entries)
    mini = bytearray()
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes, size: int, table: list[int]) -> int:
        count = -(-len(data) // size)
        start = len(table)
        table.extend([*range(start + 1, start + count), _END] if count else [])
        return start if count else _END

    def store(data: bytes) -> int:
        start = chain(data, _SECTOR, fat)
        sectors.extend(data[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in range(0, len(data), _SECTOR))
        return start

    places: list[tuple[int, int]] = []
    for entry in entries:
        data = entry[5]
        assert isinstance(data, bytes)
        if entry[1] != 2:
            places.append((0, 0))
        elif len(data) < _CUTOFF:
            places.append((chain(data, _MINI, mini_fat), len(data)))
            mini += data.ljust(-(-len(data) // _MINI) * _MINI, b"\0")
        else:
            places.append((store(data), len(data)))
    places[0] = (store(bytes(mini)), len(mini))
    table = b"".join(struct.pack("<I", n) for n in mini_fat).ljust(
        -(-len(mini_fat) // 128) * _SECTOR, b"\xff"
    )
    mini_start = store(table)
    rows = [_row(entry, *place) for entry, place in zip(entries, places, strict=True)]
    directory = store(b"".join(rows).ljust(-(-len(rows) // 4) * _SECTOR, b"\0"))
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    first = len(fat)
    fat.extend([_FAT] * count)
    packed = b"".join(struct.pack("<I", n) for n in fat).ljust(count * _SECTOR, b"\xff")
    sectors.extend(packed[i : i + _SECTOR] for i in range(0, len(packed), _SECTOR))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count,
        directory, 0, _CUTOFF, mini_start if mini_fat else _END, len(table) // _SECTOR, _END, 0,
    )  # fmt: skip
    difat = [first + i for i in range(count)] + [_FREE] * (109 - count)
    return header + struct.pack("<109I", *difat) + b"".join(sectors)


def _collect(tree: Tree, parent: int, entries: list[list[int | str | bytes]]) -> None:
    """Add the entries below `parent`: each is the right sibling of the one before, in the order of names."""
    previous = 0
    for name, value in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper())):
        number = len(entries)
        is_stream = isinstance(value, bytes)
        entries.append(
            [name, 2 if is_stream else 1, _FREE, _FREE, _FREE, value if isinstance(value, bytes) else b""]
        )
        if previous:
            entries[previous][3] = number
        else:
            entries[parent][4] = number
        previous = number
        if not isinstance(value, bytes):
            _collect(value, number, entries)


def _row(entry: list[int | str | bytes], start: int, size: int) -> bytes:
    name, kind, left, right, child, _ = entry
    assert isinstance(name, str)
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII36xIQ", raw, len(raw), kind, 1, left, right, child, start, size)


def outlook(
    texts: Mapping[int, str] | None = None,
    numbers: Mapping[tuple[int, int], int] | None = None,
    streams: Mapping[str, bytes | Tree] | None = None,
    head: int = 32,
) -> Tree:
    """Return the storage of an Outlook message: texts and fixed numbers by property, and other streams."""
    tree: dict[str, bytes | Tree] = dict(streams or {})
    for number, text in (texts or {}).items():
        tree[f"__substg1.0_{number:04X}001F"] = text.encode("utf-16-le")
    fixed = [
        struct.pack("<HHIQ", kind, number, 6, value) for (number, kind), value in (numbers or {}).items()
    ]
    tree["__properties_version1.0"] = bytes(head) + b"".join(fixed)
    return tree
