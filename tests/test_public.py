"""Which addresses are public: every way of writing a private one is refused, public ones pass."""

import pytest

from crawler.net.public import reason_answer_not_public, reason_not_public, reason_url_not_public


@pytest.mark.parametrize(
    "host",
    [
        "nongthonmoi.angiang.gov.vn",
        "www.example.vn.",
        "example.xn--p1ai",
        "việtnam.vn",
        "8.8.8.8",
        "134744072",  # 8.8.8.8
        "[2606:4700::1]",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_hosts_pass(host: str) -> None:
    assert reason_not_public(host) is None


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.1.", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0X7F.0.0.1", "017700000001"),
        *("0177.0.0.1", "127.0.0.01", "\uff11\uff12\uff17.0.0.1", "127\u30020\u30020\u30021", "0", "0.0.0.0"),
        *(
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
        ),
        *("192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
        *("::1", "[::1]", "::", "::ffff:127.0.0.1", "::ffff:7f00:1", "[::ffff:10.0.0.1]", "::127.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
        *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0"),
        *("fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1"),
    ],
)
def test_private_literals_are_refused_however_written(host: str) -> None:
    assert (reason_not_public(host) or "").startswith("địa chỉ nội bộ")


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST.", "a.localhost", "may-in.local", "db.internal", "router.lan", "x.home.arpa"),
        *("intranet", "x.corp", "example.test", "abc.onion"),
    ],
)
def test_names_of_private_networks_are_refused(host: str) -> None:
    assert (reason_not_public(host) or "").startswith("địa chỉ nội bộ")


@pytest.mark.parametrize(
    "host", ["", ".", "a..vn", "1.2.3.256", "1.2.3.4.5", "09.1", "0x", "[::1", "::g", "a b.vn", "a%2evn", "x" * 300]
)
def test_what_is_no_host_is_refused(host: str) -> None:
    assert reason_not_public(host) is not None


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://127.0.0.1:8000/", "địa chỉ nội bộ"),
        ("http://2130706433/", "địa chỉ nội bộ"),
        ("http://[::1]:80/", "địa chỉ nội bộ"),
        ("http://example.vn@127.0.0.1/", "tên người dùng"),
        ("http://127.0.0.1@example.vn/", "tên người dùng"),
        ("http://example.vn\\@127.0.0.1/", "ký tự"),
        ("http://example.vn\t.evil/", "ký tự"),
        ("http://example.vn:99999/", "không hợp lệ"),
        ("http://[::1/", "không hợp lệ"),
        ("file:///etc/passwd", "http và https"),
        ("gopher://example.vn/", "http và https"),
        ("http:///tin", "http và https"),
    ],
)
def test_urls_refused(url: str, part: str) -> None:
    assert part in (reason_url_not_public(url) or "")


def test_a_public_url_passes() -> None:
    assert reason_url_not_public("https://example.vn:8443/tin/a.html?x=http://127.0.0.1/") is None


def test_one_private_address_condemns_an_answer() -> None:
    assert reason_answer_not_public("a.vn", ["8.8.8.8", "2606:4700::1"]) is None
    reason = reason_answer_not_public("a.vn", ["8.8.8.8", "127.0.0.1"])
    assert reason == "địa chỉ nội bộ: 'a.vn' dẫn tới 127.0.0.1"
