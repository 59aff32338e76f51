"""Who asks: X-Forwarded-For is believed from trusted proxies only, and from the right."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.caller import Caller, behind_proxies, caller_of, is_within, parse_address

PROXY = ip_address("10.0.0.1")
TRUSTED = (ip_network("10.0.0.0/8"), ip_network("2001:db8:aaaa::/48"))


def stranger(address: IPv4Address | IPv6Address) -> bool:
    return not is_within(address, TRUSTED) and (address.version == 4 or address.ipv4_mapped is None)


STRANGERS = st.ip_addresses().filter(stranger)
PROXIES = st.ip_addresses(network="10.0.0.0/8")
INVENTED = st.one_of(st.text(max_size=30), STRANGERS.map(str), PROXIES.map(str))


@given(client=STRANGERS, invented=st.lists(INVENTED, max_size=4), chain=st.lists(PROXIES, max_size=3))
def test_what_a_client_sends_itself_changes_nothing(
    client: IPv4Address | IPv6Address, invented: list[str], chain: list[IPv4Address]
) -> None:
    header = ", ".join([*invented, str(client), *map(str, chain)])
    assert behind_proxies(PROXY, [header], TRUSTED) == client


@given(client=STRANGERS, invented=st.lists(INVENTED, max_size=4))
def test_a_stranger_is_not_believed_at_all(client: IPv4Address | IPv6Address, invented: list[str]) -> None:
    assert behind_proxies(client, [", ".join(invented)], TRUSTED) == client


@given(values=st.lists(st.text(), max_size=4))
def test_no_header_breaks_it(values: list[str]) -> None:
    assert behind_proxies(PROXY, values, TRUSTED) is not None


@given(client=STRANGERS, port=st.integers(1, 65535))
def test_addresses_are_read_with_ports(client: IPv4Address | IPv6Address, port: int) -> None:
    written = f"[{client}]:{port}" if client.version == 6 else f"{client}:{port}"
    assert parse_address(f" {written} ") == client


def test_several_headers_are_one_list() -> None:
    said = ["198.51.100.7", "203.0.113.9, 10.2.2.2"]
    assert behind_proxies(PROXY, said, TRUSTED) == ip_address("203.0.113.9")


def test_what_a_trusted_proxy_passes_on_without_address_is_the_proxys() -> None:
    assert behind_proxies(PROXY, ["198.51.100.7, unknown"], TRUSTED) == PROXY
    assert behind_proxies(PROXY, [""], TRUSTED) == PROXY


def test_where_all_are_trusted_it_is_the_first() -> None:
    assert behind_proxies(PROXY, ["10.9.9.9, 10.8.8.8"], TRUSTED) == ip_address("10.9.9.9")


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ],
)
def test_an_ipv6_subscriber_is_counted_once(address: str, key: str) -> None:
    assert Caller(address=parse_address(address), local=False).key == key


def test_a_proxy_on_this_machine_is_not_this_machine() -> None:
    loopback = ip_address("127.0.0.1")
    assert caller_of(loopback, [], ()).local
    assert not caller_of(loopback, ["203.0.113.9"], ()).local
    assert not caller_of(ip_address("203.0.113.9"), [], ()).local
    behind = caller_of(loopback, ["203.0.113.9"], (ip_network("127.0.0.1"),))
    assert (behind.local, behind.key) == (False, "203.0.113.9")
