"""/static: files of the pages, kept by browsers as long as they may be."""

from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

# Letters never change under their names; style and script do with a new version, so a browser asks whether they have
# (304, by ETag).
_KEPT = {".woff2": "public, max-age=31536000, immutable"}
_ASKED_AGAIN = "no-cache"


class KeptFiles(StaticFiles):
    """Static files that say how long they may be kept."""

    def file_response(self, full_path: Any, *args: Any, **kwargs: Any) -> Response:
        """The file, or that it has not changed."""
        response = super().file_response(full_path, *args, **kwargs)
        response.headers.setdefault("Cache-Control", _KEPT.get(Path(full_path).suffix, _ASKED_AGAIN))
        return response
