"""Let a graph give out one of its inner tensors, without altering its file and without the onnx package.

A model file is one protocol-buffers message.  Two such messages written one behind the other are read as
one, their fields merged (https://protobuf.dev/programming-guides/encoding, "Last One Wins").  So a few bytes
appended in memory that say "graph { output { name } }" declare one more output; the file on disk stays what
its hash says.  Field numbers are those of onnx.proto3: ModelProto.graph 7, GraphProto.output 12,
ValueInfoProto.name 1 and type 2, TypeProto.tensor_type 1, Tensor.elem_type 1 (FLOAT is 1).
"""

from __future__ import annotations


def with_output(model: bytes, tensor: str) -> bytes:
    """Return `model` with the inner float tensor named `tensor` among its outputs."""
    float_tensor = _field(1, b"\x08\x01")
    value = _field(1, tensor.encode()) + _field(2, float_tensor)
    return model + _field(7, _field(12, value))


def _field(number: int, content: bytes) -> bytes:
    """Return a length-delimited field."""
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Return `value` in groups of seven bits, the lowest first, all but the last with the top bit set."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
