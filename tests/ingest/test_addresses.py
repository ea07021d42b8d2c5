"""Which addresses are on the open internet."""

from ipaddress import ip_address

import pytest

from service.ingest.addresses import is_disguised, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "100.100.100.200",
        "172.16.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b::a9fe:a9fe",
        "::ffff:0:7f00:1",
        "::ffff:169.254.169.254",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "fd00:ec2::254",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_inside_is_not_public(address: str) -> None:
    """Private, local, shared, reserved and multicast ones, also carried in IPv6."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_the_open_internet_is_public(address: str) -> None:
    """Also through a NAT64 gateway, the only way to IPv4 from some networks."""
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f.1", "0x7F000001", "127.1", "0177.0.0.1", "1.2.3.4.", "a.0x1", "1.2"],
)
def test_numbers_in_disguise_are_seen(host: str) -> None:
    """What ends in a number is no name, and only the plain form is an address."""
    assert is_disguised(host)


@pytest.mark.parametrize("host", ["news.example", "1.example", "127.0.0.1", "::1", "x0x", "4chan"])
def test_names_and_plain_addresses_are_not_disguised(host: str) -> None:
    """A digit in a name is only a digit."""
    assert not is_disguised(host)
