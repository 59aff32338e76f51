"""Who asks: the address behind the proxies that are trusted, and the portal whose page it asks from."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from web.portals import Portal

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# A subscriber gets at least this much of IPv6 (RFC 6177): one of its addresses more or less is no other person.
_IPV6_SUBSCRIBER_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who a request comes from.

    address: the nearest that no trusted proxy vouches for, None where the connection has none (a Unix socket).
    local: it is this machine itself that asks, not a proxy on it for somebody else. portal: None where none was named.
    """

    address: Address | None
    local: bool
    portal: Portal | None = None

    @property
    def key(self) -> str:
        """What its requests are counted under: its IPv4 address, or the /64 of its IPv6 address."""
        match self.address:
            case None:
                return "?"
            case IPv6Address():
                return str(ip_network((self.address, _IPV6_SUBSCRIBER_BITS), strict=False))
            case _:
                return str(self.address)


# Set for each request before anything of it runs; None outside of requests. What is noted of a question is noted by
# whom it was asked, whichever route it came by.
current: ContextVar[Caller | None] = ContextVar("caller", default=None)


def parse_address(text: str) -> Address | None:
    """An address as a header or a connection names it, perhaps with a port or a zone; None where it is none.

    An IPv4 address within IPv6 (::ffff:192.0.2.1) is the IPv4 address.
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def behind_proxies(peer: Address | None, forwarded: Sequence[str], trusted: Iterable[Network]) -> Address | None:
    """The address a request comes from: the rightmost that no trusted proxy stands at.

    peer: whom the connection is with. forwarded: the values of X-Forwarded-For in order, each a list; a proxy adds at
    the end whom it was asked by. What stands before an address that is not trusted may be anyone's invention, and is
    not looked at; so is what a trusted proxy passes on that is no address.
    """
    trusted = tuple(trusted)
    entries = [entry for value in forwarded for entry in value.split(",")]
    address = peer
    while entries and address is not None and is_within(address, trusted):
        said = parse_address(entries.pop())
        if said is None:
            break
        address = said
    return address


def caller_of(peer: Address | None, forwarded: Sequence[str], trusted: Sequence[Network]) -> Caller:
    """Who a connection speaks for; parameters as for `behind_proxies`."""
    return Caller(
        address=behind_proxies(peer, forwarded, trusted),
        # a proxy on this machine says for whom it asks; what says nothing asks for itself
        local=peer is not None and peer.is_loopback and not forwarded,
    )


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    """Whether an address is of one of the networks."""
    return any(address.version == network.version and address in network for network in networks)


def asked_province() -> str | None:
    """The key of the province of the portal that the request being answered comes from, None where there is none."""
    caller = current.get()
    return None if caller is None or caller.portal is None else caller.portal.province_key
