"""Whether the first bytes of an older document say that it asks for a password.

Excel locks a workbook whose structure is protected with a password of its own, which it never asks for.
"""

from __future__ import annotations

import hashlib
import struct

BY_ITSELF = "VelvetSweatshop"
"""[MS-XLS] 2.2.10."""
_ENCRYPTED_TEXT = 0x0100
"""A bit of the file information block: [MS-DOC] 2.5.2, fEncrypted."""
_ENCRYPTED_SLIDES = 0xF3D1C4DF
"""The token of the current user's atom: [MS-PPT] 2.3.2, headerToken."""
_BEGINNING, _WRITE_PROTECT, _FILE_PASS = {0x0009, 0x0209, 0x0409, 0x0809}, 0x0086, 0x002F
"""Records of a workbook: [MS-XLS] 2.3."""


def locks_text(start: bytes) -> bool:
    """Of the stream WordDocument."""
    return bool(struct.unpack_from("<H", start, 10)[0] & _ENCRYPTED_TEXT)


def locks_slides(start: bytes) -> bool:
    """Of the stream Current User."""
    return bool(struct.unpack_from("<I", start, 12)[0] == _ENCRYPTED_SLIDES)


def locks_workbook(start: bytes) -> bool:
    """Of the stream Workbook."""
    at = 0
    while at + 4 <= len(start):
        kind, size = struct.unpack_from("<HH", start, at)
        at += 4
        if kind == _FILE_PASS:
            return not opens(start[at : at + size], BY_ITSELF)
        if kind not in _BEGINNING and kind != _WRITE_PROTECT:
            return False
        at += size
    return False


def opens(record: bytes, password: str) -> bool:
    """Whether a workbook's FilePass record takes this password, in each of the three ways of its time."""
    if len(record) == 4 or (len(record) == 6 and record[:2] == b"\0\0"):
        return record[-2:] == _obfuscated(password).to_bytes(2, "little")
    if len(record) >= 54 and record[:6] == b"\1\0\1\0\1\0":
        salt, check, digest = record[6:22], record[22:38], record[38:54]
        plain = _rc4(_key(password, salt), check + digest)
        return hashlib.md5(plain[:16], usedforsecurity=False).digest() == plain[16:]
    if len(record) >= 14 and record[0] == 1 and record[4] == 2:
        return _opens_newest(record[6:], password)
    return False


def _opens_newest(info: bytes, password: str) -> bool:
    """[MS-OFFCRYPTO] 2.3.5.1 and 2.3.5.6."""
    (size,) = struct.unpack_from("<I", info, 4)
    verifier = info[8 + size :]
    bits = struct.unpack_from("<I", info, 24)[0] or 40 if size >= 20 and len(verifier) >= 60 else 0
    if not 40 <= bits <= 128:
        return False
    salt, check, digest = verifier[4:20], verifier[20:36], verifier[40:60]
    first = hashlib.sha1(salt + password.encode("utf-16-le"), usedforsecurity=False).digest()
    key = hashlib.sha1(first + bytes(4), usedforsecurity=False).digest()[: bits // 8]
    plain = _rc4(key.ljust(16, b"\0") if bits == 40 else key, check + digest)
    return hashlib.sha1(plain[:16], usedforsecurity=False).digest() == plain[16:]


def _obfuscated(password: str) -> int:
    """[MS-OFFCRYPTO] 2.3.7.1."""
    check = 0
    for one in reversed(bytes([len(password)]) + password.encode("ascii")):
        check = (check >> 14 & 1 | check << 1 & 0x7FFF) ^ one
    return check ^ 0xCE4B


def _key(password: str, salt: bytes) -> bytes:
    """[MS-OFFCRYPTO] 2.3.6.2, for the first block."""
    first = hashlib.md5(password.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    second = hashlib.md5((first + salt) * 16, usedforsecurity=False).digest()[:5]
    return hashlib.md5(second + bytes(4), usedforsecurity=False).digest()


def _rc4(key: bytes, text: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for one in text:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(one ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
