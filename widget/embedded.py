"""The files of the embedded chat as they are served: sources without their comments, and the hash of each.

What lies in `embed/` is what a browser runs: no bundler and no compiler stands between. Only the indentation and lines
that are comments are left out, since every reader would pay for them.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "embed"
LOADER = "loader.js"
_VERSION_DIGITS = 12

_COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*\n|/\*.*?\*/[ \t]*\n)", re.MULTILINE | re.DOTALL)
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """All files of the chat. loader: /widget.js; parts: the modules it loads, by name; version: of all parts together.

    The loader names every part with its hash, so its own hash stands for the whole.
    """

    loader: bytes
    parts: Mapping[str, bytes]
    version: str


def integrity(body: bytes, algorithm: str = "sha384") -> str:
    """A file's hash as an `integrity` attribute has it (W3C, Subresource Integrity, 3.1)."""
    return f"{algorithm}-{b64encode(hashlib.new(algorithm, body).digest()).decode()}"


@cache
def embedded() -> Embedded:
    """The files, read once."""
    parts = {path.name: _served(path) for path in sorted(FOLDER.glob("*.js")) if path.name != LOADER}
    version = hashlib.sha256(b"".join(parts.values())).hexdigest()[:_VERSION_DIGITS]
    hashes = {name: integrity(body, "sha256") for name, body in parts.items()}
    loader = _served(FOLDER / LOADER)
    for name, value in (("VERSION", version), ("HASHES", hashes)):
        loader = _filled(loader, name, value)
    return Embedded(loader=loader, parts=parts, version=version)


def _served(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    return _INDENTATION.sub("", _COMMENT_LINES.sub("", text)).encode()


def _filled(script: bytes, name: str, value: object) -> bytes:
    """The script with its constant of that name set."""
    declared = re.compile(rb"^const %s = [^;]*;$" % name.encode(), re.MULTILINE)
    written = f"const {name} = {json.dumps(value, separators=(',', ':'))};".encode()
    filled, count = declared.subn(lambda _: written, script)
    if count != 1:
        raise ValueError(f"{LOADER} declares {name} {count} times; needed once, as: const {name} = …;")
    return filled
