"""Which network addresses are on the public Internet."""

import ipaddress


def reason_not_public(host: str) -> str | None:
    """Why a literal address or a name may not be connected to; None where it may."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return f"địa chỉ nội bộ: {host}"
    try:
        return None if ipaddress.ip_address(host.strip("[]")).is_global else f"địa chỉ nội bộ: {host}"
    except ValueError:
        return None
