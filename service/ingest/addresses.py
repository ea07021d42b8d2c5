"""Which addresses on the network may be connected to."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_INSIDE = (
    # Of special purpose as a whole (RFC 6890, RFC 9637), which not every Python knows.
    IPv4Network("192.0.0.0/24"),
    IPv6Network("3fff::/20"),
    # Azure's own services for a virtual machine: a public number that leads to the host.
    IPv4Network("168.63.129.16/32"),
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ENDS_IN_NUMBER = re.compile(r"\A(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)


def is_public(address: Address) -> bool:
    """Whether `address` is on the open internet.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as public as that one: a
    gateway on the way would deliver it there.
    """
    address = _carried(address) or address
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or any(address in network for network in _INSIDE)
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )


def is_disguised(host: str) -> bool:
    """Whether `host` is a number that only some parsers take for an address: 0x7f.1, 2130706433.

    What ends in a number is never a name (WHATWG URL Standard, "ends in a number").
    """
    if not _ENDS_IN_NUMBER.fullmatch(host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _carried(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
