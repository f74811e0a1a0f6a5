"""Archives with a password, which Python's own writer does not make."""

from __future__ import annotations

import hashlib
import hmac
import io
import struct
import zipfile
import zlib

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_SALT = bytes(range(16))


def locked_zip(name: str, data: bytes, password: str, *, aes: bool = False) -> bytes:
    """Return an archive of one file, encrypted in the traditional way or with AES of 256 bits."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        info = zipfile.ZipInfo(name)
        if aes:
            info.extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, zipfile.ZIP_DEFLATED)
        archive.writestr(info, _aes(data, password) if aes else _traditional(data, password))
        info.flag_bits |= 1
        info.file_size, info.CRC = len(data), zlib.crc32(data)
        info.compress_type = 99 if aes else zipfile.ZIP_STORED
    found = bytearray(file.getvalue())
    found[6] |= 1  # the flag in the local header, which was written before
    found[14:18] = struct.pack("<I", 0 if aes else zlib.crc32(data))
    return bytes(found)


def _traditional(data: bytes, password: str) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [_crc_of(i) for i in range(256)]

    def update(byte: int) -> None:
        keys[0] = table[(keys[0] ^ byte) & 0xFF] ^ (keys[0] >> 8)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = table[(keys[2] ^ (keys[1] >> 24)) & 0xFF] ^ (keys[2] >> 8)

    for byte in password.encode():
        update(byte)
    output = bytearray()
    for byte in bytes(11) + bytes([zlib.crc32(data) >> 24]) + data:
        sign = (keys[2] | 2) & 0xFFFF
        output.append(byte ^ ((sign * (sign ^ 1)) >> 8 & 0xFF))
        update(byte)
    return bytes(output)


def _crc_of(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ 0xEDB88320 if value & 1 else value >> 1
    return value


def _aes(data: bytes, password: str) -> bytes:
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), _SALT, 1000, 66)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = packer.compress(data) + packer.flush()
    encryptor = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
    blocks = range(1, len(plain) // 16 + 2)
    stream = b"".join(encryptor.update(n.to_bytes(16, "little")) for n in blocks)
    body = bytes(a ^ b for a, b in zip(plain, stream, strict=False))
    return _SALT + keys[64:] + body + hmac.new(keys[32:64], body, hashlib.sha1).digest()[:10]
