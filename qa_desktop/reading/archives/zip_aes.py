"""Read members of zip archives that are encrypted with AES, which Python's own reader does not know.

The layout is that of the AE-1 and AE-2 specification of WinZip: salt, two bytes that tell a wrong password,
the encrypted bytes, ten bytes of HMAC-SHA1; the key comes from PBKDF2 with 1,000 rounds; AES in counter mode,
the counter beginning at 1 and least significant byte first.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
import zipfile
import zlib

from qa_desktop.reading.problems import Unreadable

METHOD = 99  # what such members give as their method of compression; the true one is in the extra field
_EXTRA = 0x9901
_ROUNDS = 1000
_MAC = 10
_LOCAL_HEADER = struct.Struct("<4s22xHH")


def read_aes_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: str, most: int) -> bytes:
    """Return at most `most` + 1 bytes of a member; raise `Unreadable` where it is no good."""
    strength, method = _parameters(info)
    size = 8 * (strength + 1)  # of the key: 16, 24 or 32 bytes; the salt is half as long
    stored = _stored_bytes(archive, info)
    salt, check, body = stored[: size // 2], stored[size // 2 : size // 2 + 2], stored[size // 2 + 2 : -_MAC]
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 2 * size + 2)
    if keys[2 * size :] != check:
        raise Unreadable("encrypted", "wrong password")
    mac = hmac.new(keys[size : 2 * size], body, hashlib.sha1).digest()[:_MAC]
    if not hmac.compare_digest(mac, stored[-_MAC:]):
        raise Unreadable("damaged", f"{info.filename}: its checksum does not fit")
    plain = _in_counter_mode(keys[:size], body)
    if method == zipfile.ZIP_STORED:
        return plain[: most + 1]
    if method != zipfile.ZIP_DEFLATED:
        raise Unreadable("unsupported", f"method of compression {method}")
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(plain, most + 1)
    except zlib.error as error:
        raise Unreadable("damaged", f"{info.filename}: {error}") from error


def _parameters(info: zipfile.ZipInfo) -> tuple[int, int]:
    """Return strength (1 to 3) and method of compression from the member's extra field."""
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _EXTRA and length >= 7 and len(extra) >= 11:
            _, _, strength, method = struct.unpack_from("<H2sBH", extra, 4)
            if 1 <= strength <= 3:
                return strength, method
        extra = extra[4 + length :]
    raise Unreadable("damaged", f"{info.filename}: nothing says how it is encrypted")


def _stored_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    file = archive.fp
    assert file is not None
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        raise Unreadable("damaged", f"{info.filename} breaks off")
    _, name, extra = _LOCAL_HEADER.unpack(header)
    file.seek(name + extra, 1)
    data = file.read(info.compress_size)
    if len(data) < info.compress_size or len(data) < 2 + _MAC:
        raise Unreadable("damaged", f"{info.filename} breaks off")
    return data


def _in_counter_mode(key: bytes, data: bytes) -> bytes:
    """Return `data` encrypted or, which is the same, decrypted."""
    import numpy as np  # noqa: PLC0415 - few files need them
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415

    blocks = -(-len(data) // 16)
    counters = np.zeros((blocks, 2), dtype="<u8")
    counters[:, 0] = np.arange(1, blocks + 1)
    # The counter runs the other way round than in any ready-made mode; each block is encrypted by itself.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    stream = np.frombuffer(encryptor.update(counters.tobytes()), dtype=np.uint8)
    return (stream[: len(data)] ^ np.frombuffer(data, dtype=np.uint8)).tobytes()
