"""What one portal answers: documents by address, and the little that depends on who asked what before."""

import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

NOT_FOUND = "404"  # key of the document for every other address; no path, so no request can name it
Validators = Literal["both", "etag", "date", "none"]

# What servers without cookies hang on every link; the address is the same page without it.
_SESSION = re.compile(r";jsessionid=[^/?#]*|[?&]PHPSESSID=\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer of a portal.

    location: set for a redirect. modified: UTC, to the second. download: the name a browser would save it under.
    """

    body: bytes
    content_type: str
    modified: datetime
    status: int = 200
    location: str | None = None
    download: str | None = None

    @property
    def etag(self) -> str:
        """A strong entity tag (RFC 9110, section 8.8.3) of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(slots=True, kw_only=True)
class Site:
    """One portal ready to be served.

    documents: by path with query ("/tin-tuc?trang=2"), and `NOT_FOUND`.
    validators: which of ETag and Last-Modified its server sends, and heeds.
    busy: an address whose first GET is told to come back later (503, Retry-After); empty: none.
    calendar: start of the addresses of an endless calendar, completed by a number; empty: none.
    month: makes the page of one month of it, counted from 1.
    """

    documents: Mapping[str, Document]
    validators: Validators = "both"
    busy: str = ""
    calendar: str = ""
    month: Callable[[int], Document] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _calm: bool = False

    def find(self, address: str) -> Document:
        """The document at a path with query, session ids in it disregarded; the 404 page where there is none."""
        address = _SESSION.sub("", address)
        if (document := self.documents.get(address)) is not None and address.startswith("/"):
            return document
        number = address.removeprefix(self.calendar)
        if self.month is not None and number != address and re.fullmatch(r"[1-9]\d{0,5}", number):
            return self.month(int(number))
        return self.documents[NOT_FOUND]

    def turns_away(self, address: str) -> bool:
        """Whether this request is the one that finds the server busy: the first for that address, no other."""
        if not self.busy or address != self.busy:
            return False
        with self._lock:
            first, self._calm = not self._calm, True
        return first
