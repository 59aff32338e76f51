"""One HTTP request: the only module that knows the HTTP library.

Redirects are not followed and nothing is tried twice: the caller decides, one address at a time. Proxies named in the
environment are not used, for the address connected to could then not be checked.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

import aiohttp
from aiohttp.abc import ResolveResult
from yarl import URL

from crawler.archive import Raw
from crawler.net.public import reason_answer_not_public, reason_not_public, reason_url_not_public

PRODUCT = "OCOPAssistantBot"
VERSION = "0.2"

_CONNECT_S = 20
_SILENCE_S = 30
_TOTAL_S = 300
_CHUNK_BYTES = 64 * 1024
_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Language": "vi,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


class FetchError(Exception):
    """No answer that can be used. `passing`: the same request may well succeed later."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


class _PrivateAddressError(OSError):
    """The name leads to an address that is not on the public Internet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a server answered. `headers` has lower-case names. `took_s`: seconds from asking to the last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_s: float

    @property
    def raw(self) -> Raw:
        """The body with what the server calls it."""
        return Raw(body=self.body, content_type=self.headers.get("content-type", ""))

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as written."""
        return self.headers.get("location")


def user_agent(contact: str | None) -> str:
    """What servers read in User-Agent: product, version, and how to reach whoever runs it (RFC 9110, 10.1.5)."""
    return f"{PRODUCT}/{VERSION} (+{contact})" if contact else f"{PRODUCT}/{VERSION} (local demonstration)"


class Fetcher:
    """Asks servers. `local`: loopback and private addresses may be connected to."""

    def __init__(self, agent: str, *, local: bool = False) -> None:
        self._agent = agent
        self._local = local
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Fetcher":
        # What a name resolves to is checked each time, and once more the very address that is connected to.
        connector = aiohttp.TCPConnector(
            limit_per_host=1,
            use_dns_cache=False,
            resolver=aiohttp.ThreadedResolver() if self._local else _PublicResolver(),
            socket_factory=None if self._local else _public_socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={**_HEADERS, "User-Agent": self._agent},
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=_TOTAL_S, sock_connect=_CONNECT_S, sock_read=_SILENCE_S),
            max_line_size=32 * 1024,
            max_field_size=32 * 1024,
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, url: str, headers: Mapping[str, str], *, max_bytes: int) -> Response:
        """Ask for one address; bodies are decompressed up to `max_bytes`.

        Raises:
            FetchError: there is no answer, or none that may be taken; the message says why.
        """
        assert self._session is not None, "to be used in `async with`"
        if not self._local and (reason := reason_url_not_public(url)) is not None:
            raise FetchError(reason, passing=False)
        begun = time.monotonic()
        try:
            async with self._session.get(URL(url, encoded=True), headers=headers, allow_redirects=False) as answer:
                body = await _body(answer, max_bytes)
                return Response(
                    status=answer.status,
                    headers={name.lower(): value for name, value in answer.headers.items()},
                    body=body,
                    took_s=time.monotonic() - begun,
                )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, asyncio.IncompleteReadError) as error:
            raise _fetch_error(error) from error


class _PublicResolver(aiohttp.ThreadedResolver):
    """DNS whose answers pass only if every address in them is public."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await super().resolve(host, port, family)
        if (reason := reason_answer_not_public(host, [item["host"] for item in found])) is not None:
            raise _PrivateAddressError(reason)
        return found


async def _body(answer: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in answer.content.iter_chunked(_CHUNK_BYTES):
        size += len(part)
        if size > max_bytes:
            raise FetchError(f"dài hơn {max_bytes // 1024} KiB, không lấy hết", passing=False)
        parts.append(part)
    return b"".join(parts)


def _public_socket(info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
    """A socket for the address about to be connected to, unless it is not on the public Internet."""
    family, kind, proto, _, address = info
    if (reason := reason_not_public(str(address[0]))) is not None:
        raise _PrivateAddressError(reason)
    return socket.socket(family, kind, proto)


def _fetch_error(error: BaseException) -> FetchError:
    """The reason in words, and whether it may pass."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, _PrivateAddressError):
            return FetchError(str(inner), passing=False)
        inner = inner.__cause__ or inner.__context__
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError(f"không phân giải được tên máy chủ ({error.os_error.strerror})", passing=True)
    if isinstance(error, (aiohttp.ClientConnectorCertificateError, ssl.SSLError, aiohttp.ClientSSLError)):
        return FetchError(f"chứng chỉ TLS của máy chủ không dùng được: {error}"[:200], passing=False)
    if isinstance(error, TimeoutError):
        return FetchError("máy chủ không trả lời kịp", passing=True)
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(f"không kết nối được ({error.os_error.strerror or error.os_error})", passing=True)
    if isinstance(error, (aiohttp.InvalidURL, ValueError)):
        return FetchError(f"địa chỉ không dùng được: {error}"[:200], passing=False)
    return FetchError(f"trả lời hỏng: {type(error).__name__} {error}".strip()[:200], passing=True)
