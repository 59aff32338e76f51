"""By what code an index was read from its articles: what other code has read is read anew."""

import hashlib
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).resolve().parent
# What of the crawler tells how an article is read, beside all of this package.
_BESIDE = (_ROOT.parent / "crawler" / "article.py", _ROOT.parent / "crawler" / "copies.py")
# Its list of words and its cutting into words are used.
_PACKAGE = "underthesea"


@cache
def code_digest() -> str:
    """sha256 over the files of the program that cut, read and compare articles, and over what they rest on.

    Taken from the files themselves, so that no one has to raise a number; whatever changes in this package changes it.
    """
    whole = hashlib.sha256(f"{unicodedata.unidata_version}\0{_version(_PACKAGE)}\0".encode())
    files = sorted(path for path in _ROOT.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    for path in (*files, *_BESIDE):
        content = path.read_bytes()
        whole.update(f"{path.relative_to(_ROOT.parent).as_posix()}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
