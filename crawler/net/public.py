"""Which network addresses a source on the public web may lead to, asked of addresses as written and of DNS answers.

Checking an address as written is not enough: any name may resolve to this machine, and may resolve otherwise a second
later (DNS rebinding). So `PublicResolver` checks each answer at the moment of connecting and hands on just what it
checked; Twisted asks it for literals too, and a kept-alive connection leads to an address checked when it was opened.

A proxy would resolve names out of our sight, so crawlers built on these rules use none (HTTPPROXY_ENABLED = False).
"""

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

# RFC 6761, RFC 6762, RFC 8375, RFC 9476 and names that home and office networks use for themselves.
_LOCAL_SUFFIXES = frozenset(
    "localhost local localdomain internal intranet private corp home lan arpa test invalid onion alt".split()
)
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}")
_MAX_HOST_CHARS = 253  # RFC 1035, 2.3.4
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)")
# What Python 3.11 counts as global though no public server can be there: RFC 7526 (6to4 relays), RFC 9637.
_LATER_RESERVED = (ipaddress.ip_network("192.88.99.0/24"), ipaddress.ip_network("3fff::/20"))
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291, 2.4: the only part of IPv6 handed out so far
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


def reason_not_public(host: str) -> str | None:
    """Why a host (name or literal address, as in a URL) cannot be on the public Internet; None where it can.

    Literals count in every form that a resolver understands: `2130706433`, `0x7f.1`, `017700000001`, `127.1`
    (inet_aton), IPv6 with or without brackets, full-width digits. A name that passes may still resolve to a private
    address: see `reason_answer_not_public`.
    """
    if len(host) > _MAX_HOST_CHARS:
        return f"tên máy chủ dài {len(host)} ký tự, quá {_MAX_HOST_CHARS}"
    plain = unicodedata.normalize("NFKC", host).replace("\u3002", ".").lower().removesuffix(".")
    if plain.startswith("[") and plain.endswith("]"):
        plain = plain[1:-1]
    if ":" in plain:
        return _reason_literal(plain, host)
    if _NUMBER.fullmatch(plain.rpartition(".")[2]):  # such a host is an IPv4 address or nothing (WHATWG URL, 3.5)
        try:
            return _reason_literal(socket.inet_ntoa(socket.inet_aton(plain)), host)
        except (OSError, UnicodeEncodeError):
            return f"địa chỉ không hợp lệ: {host!r}"
    if plain.rpartition(".")[2] in _LOCAL_SUFFIXES or "." not in plain:
        return f"địa chỉ nội bộ: {host!r} là tên trong máy hoặc trong mạng riêng"
    try:
        ascii_name = plain.encode("idna").decode("ascii")
    except UnicodeError:
        return f"tên máy chủ không hợp lệ: {host!r}"
    return None if _NAME.fullmatch(ascii_name) else f"tên máy chủ không hợp lệ: {host!r}"


def reason_url_not_public(url: str) -> str | None:
    """Why an address cannot be fetched for a source on the public web, by its form alone; None where it can."""
    # Browsers, urllib and Twisted read these characters differently, so that one checks what another does not fetch.
    if any(char <= " " or char in "\\\x7f" for char in url):
        return f"địa chỉ có ký tự không hợp lệ: {url!r}"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return f"địa chỉ không hợp lệ: {url!r}"
    if parts.scheme not in ("http", "https") or not host:
        return f"chỉ tải địa chỉ http và https: {url!r}"
    if "@" in parts.netloc:
        return f"địa chỉ có tên người dùng: {url!r}"
    return reason_not_public(host)


def _reason_literal(address: str, written: str) -> str | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return f"địa chỉ không hợp lệ: {written!r}"
    return None if _is_public(parsed) else f"địa chỉ nội bộ: {written!r} là {parsed}"


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        inner = address.ipv4_mapped or address.sixtofour or _nat64(address)
        if inner is not None:
            return _is_public(inner)
        if address not in _GLOBAL_UNICAST:
            return False
    return address.is_global and not address.is_multicast and not any(address in net for net in _LATER_RESERVED)


def _nat64(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else None


def reason_answer_not_public(name: str, addresses: Sequence[str]) -> str | None:
    """Why a DNS answer may not be connected to: one address of it that is not public condemns all of them."""
    for address in addresses:
        if reason_not_public(address) is not None:
            return f"địa chỉ nội bộ: {name!r} dẫn tới {address}"
    return None
