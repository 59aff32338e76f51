"""Damage done to good files: what broken disks, cut connections, wrong converters and people of ill will do to them."""

import gzip
import io
import random
import re
import zipfile
import zlib
from collections.abc import Sequence

MAX_BYTES = 512 * 1024  # as large as pages and decisions are; what size alone does, `evaluation.bombs` shows
_NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"4294967295", b"99999999999999999999", b"1e999", b"\xd9\xa3")
_INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF)
_ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "utf-7", "cp1258", "cp1252", "utf-8-sig", "shift_jis", "cp037")
_DIGITS = re.compile(rb"\d+")
_TOKEN = re.compile(rb"</?[a-z][^<>]{0,80}>|<<|>>|\[|\]|\d+ 0 R|&#?\w+;|\s\w+=", re.IGNORECASE)


def damaged(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The file after up to eight kinds of damage, at most 512 KiB. Parts of `others` may be spliced in."""
    rounds = chance.choice((1, 1, 2, 3, 8))
    if chance.random() < 0.7:  # below a container's checksums, or its reader would look no further
        inside = _inside(body, others, chance)
        if inside is not body:
            body, rounds = inside, chance.choice((0, 0, 0, 0, 1))
    for _ in range(rounds):
        body = chance.choice(_KINDS)(body, others, chance)
    return body[:MAX_BYTES]


def _inside(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    if body.startswith(b"PK\x03\x04"):
        return _in_zip(body, others, chance)
    if body.startswith(b"\x1f\x8b"):
        return gzip.compress(chance.choice(_KINDS)(_gunzipped(body), others, chance), mtime=0)
    if body.startswith(b"%PDF"):
        return _in_stream(body, others, chance)
    return body


def _gunzipped(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(body, MAX_BYTES)
    except zlib.error:
        return body


def _in_zip(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """One member damaged, the zip around it whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                return body
            members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return body
    if not members:
        return body
    hit = chance.randrange(len(members))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for position, (name, content) in enumerate(members):
            changed = chance.choice(_KINDS)(content, others, chance) if position == hit else content
            archive.writestr(zipfile.ZipInfo(name), changed[:MAX_BYTES], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _in_stream(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """One compressed stream of a PDF damaged and compressed again; offsets then lie, which readers mend."""
    streams = list(re.finditer(rb"stream\r?\n(.{1,200000}?)\r?\nendstream", body, re.DOTALL))
    if not streams:
        return body
    stream = chance.choice(streams)
    try:
        content = zlib.decompressobj().decompress(stream[1], MAX_BYTES)
    except zlib.error:
        return body
    packed = zlib.compress(chance.choice(_KINDS)(content, others, chance)[:MAX_BYTES])
    return body[: stream.start(1)] + packed + body[stream.end(1) :]


def _place(body: bytes, chance: random.Random) -> int:
    return chance.randrange(len(body) + 1)


def _flipped(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(chance.choice((1, 4, 32, 256)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwritten(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    noise = chance.randbytes(chance.choice((1, 16, 512, 8192)))
    start = _place(body, chance)
    return body[:start] + noise + body[start + len(noise) :]


def _cut(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    return body[: _place(body, chance)]


def _headless(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    return body[chance.randrange(min(len(body), 2000) + 1) :]


def _without(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start = _place(body, chance)
    return body[:start] + body[start + chance.choice((1, 20, 1000)) :]


def _repeated(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start = _place(body, chance)
    part = body[start : start + chance.choice((1, 30, 500, 5000))]
    times = min(chance.choice((2, 50, 5000, 100_000)), MAX_BYTES // max(len(part), 1))
    return body[:start] + part * times + body[start:]


def _token_repeated(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    tokens = list(_TOKEN.finditer(body[: 256 * 1024]))
    if not tokens:
        return body
    token = chance.choice(tokens)
    times = min(chance.choice((3, 300, 30_000)), MAX_BYTES // len(token[0]))
    return body[: token.start()] + token[0] * times + body[token.start() :]


def _spliced(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    start, end = sorted((_place(other, chance), _place(other, chance)))
    place = _place(body, chance)
    return body[:place] + other[start:end] + body[place + chance.choice((0, end - start)) :]


def _renumbered(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    found = list(_DIGITS.finditer(body[: 256 * 1024]))
    for number in sorted(chance.sample(found, min(len(found), 5)), key=lambda match: -match.start()):
        body = body[: number.start()] + chance.choice(_NUMBERS) + body[number.end() :]
    return body


def _lying_integer(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    size = chance.choice((2, 4, 8))
    value = chance.choice(_INTEGERS) & ((1 << 8 * size) - 1)
    start = _place(body, chance) & -size
    return body[:start] + value.to_bytes(size, chance.choice(("little", "big"))) + body[start + size :]


def _encoded(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    text = body.decode("utf-8", errors="replace")
    return text.encode(chance.choice(_ENCODINGS), errors="replace")


def _letters_broken(body: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """What a wrong converter leaves: bytes of UTF-8 read as another encoding and written again."""
    return body.decode(chance.choice(("cp1252", "latin-1", "cp1258")), errors="replace").encode("utf-8")


_KINDS = (
    *(_flipped, _overwritten, _cut, _headless, _without, _repeated, _token_repeated, _spliced, _renumbered),
    *(_lying_integer, _encoded, _letters_broken),
)
