"""What travels between the program and its reading worker: frames of JSON, with bytes beside it.

A frame is two lengths (unsigned 32-bit, big-endian), then that many bytes of JSON and of plain bytes.  What
the JSON says is turned into values by `wire_documents`.  After a `WireError` a worker is not used again.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable

from qa_desktop.reading.isolation.render import PageImage
from qa_desktop.reading.isolation.wire_documents import Message, WireError

__all__ = ["Message", "WireError", "image_from_wire", "image_to_wire", "pack", "receive"]

_LENGTHS = struct.Struct(">II")
_LARGEST_JSON = 512 << 20
_LARGEST_BYTES = 256 << 20


def pack(message: Message, attached: bytes = b"") -> bytes:
    """Return the frame of `message` and the bytes that go with it."""
    body = json.dumps(message, separators=(",", ":")).encode("ascii")
    return _LENGTHS.pack(len(body), len(attached)) + body + attached


def receive(read: Callable[[int], bytes | None]) -> tuple[Message, bytes] | None:
    """Read one frame by `read(at_most)`; None at the end of the stream, also in the middle of a frame."""
    head = _exactly(read, _LENGTHS.size)
    if head is None:
        return None
    size, attached_size = _LENGTHS.unpack(head)
    if size > _LARGEST_JSON or attached_size > _LARGEST_BYTES:
        raise WireError("frame too large")
    body, attached = _exactly(read, size), _exactly(read, attached_size)
    if body is None or attached is None:
        return None
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    if not isinstance(message, dict):
        raise WireError("not an object")
    return message, attached


def _exactly(read: Callable[[int], bytes | None], size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def image_to_wire(image: PageImage) -> Message:
    """Return what goes beside the bytes of a picture."""
    return {
        "is": "image",
        "width": image.width,
        "height": image.height,
        "stride": image.stride,
        "scale": image.scale,
        "rects": image.rects,
    }


def image_from_wire(message: Message, attached: bytes) -> PageImage:
    """Return the picture of `message`, whose bytes are as many as its rows need."""
    try:
        width, height, stride = message["width"], message["height"], message["stride"]
        if not (width > 0 and height > 0 and 3 * width <= stride and stride * height == len(attached)):
            raise WireError("not a picture")
        rects = tuple((float(x), float(y), float(w), float(h)) for x, y, w, h in message["rects"])
        return PageImage(width, height, stride, attached, float(message["scale"]), rects)
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("not a picture") from error
