"""What two processes say to each other: a line of JSON, then float32 numbers if it names their shape."""

from __future__ import annotations

import json
from typing import IO, Any

import numpy as np

from qa_desktop.models.encoder import Vectors

Message = dict[str, Any]


def send(stream: IO[bytes], message: Message, numbers: Vectors | None = None) -> None:
    """Write one message; `numbers` follow as raw little-endian float32 in row order."""
    if numbers is not None:
        message = {**message, "shape": list(numbers.shape)}
    stream.write(json.dumps(message).encode() + b"\n")
    if numbers is not None:
        stream.write(np.ascontiguousarray(numbers, "<f4").tobytes())
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Message, Vectors | None]:
    """Read one message.  Raises `EOFError` when the other side has gone."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    message: Message = json.loads(line)
    shape = message.pop("shape", None)
    if shape is None:
        return message, None
    size = 4 * int(np.prod(shape))
    content = stream.read(size)
    if len(content) != size:
        raise EOFError
    return message, np.frombuffer(content, "<f4").reshape(shape).astype(np.float32)
