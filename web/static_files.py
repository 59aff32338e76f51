"""/static: files of the pages, kept by browsers as long as they may be, and packed for the line."""

import gzip
from functools import lru_cache
from os import PathLike, stat_result
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

# Letters never change under their names; style and script do with a new version, so a browser asks whether they have
# (304, by ETag).
_KEPT = {".woff2": "public, max-age=31536000, immutable"}
_ASKED_AGAIN = "no-cache"
# Letters are packed already.
_PACKED = frozenset({".css", ".js", ".svg"})


class KeptFiles(StaticFiles):
    """Static files that say how long they may be kept, packed for whoever takes that."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or that it has not changed."""
        path = Path(full_path)
        if path.suffix in _PACKED and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            response = self._packed(path, stat_result, scope, status_code)
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.setdefault("Cache-Control", _KEPT.get(path.suffix, _ASKED_AGAIN))
        if path.suffix in _PACKED:
            response.headers.add_vary_header("Accept-Encoding")
        return response

    def _packed(self, path: Path, found: stat_result, scope: Scope, status_code: int) -> Response:
        whole = FileResponse(path, status_code=status_code, stat_result=found)
        headers = {
            "Content-Encoding": "gzip",
            "Last-Modified": whole.headers["last-modified"],
            # each representation has a tag of its own (RFC 9110, 8.8.3.3)
            "ETag": f'{whole.headers["etag"].removesuffix(chr(34))}-gzip"',
        }
        body = _gzipped(path, found.st_mtime_ns, found.st_size)
        response = Response(body, status_code, headers, whole.media_type)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response


@lru_cache(maxsize=32)
def _gzipped(path: Path, _mtime_ns: int, _size: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
