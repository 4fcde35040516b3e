"""What a spider may never ask: private addresses in any spelling, other hosts, other schemes."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.settings import Settings

from ingest.sources.veilig import Poortwachter, VeiligeResolver, geweigerd, is_toegestaan

HOSTS = [
    "open.zuiderveld.example",
    "127.0.0.1:8000",
    "169.254.169.254",
    "10.0.0.1",
    "[::1]",
    "0x7f.1",
    "2130706433",
]


def gate(*, private: bool) -> Poortwachter:
    return Poortwachter(Settings({"WOO_HOSTS": HOSTS, "WOO_ALLOW_PRIVATE": private}))


@pytest.mark.parametrize(
    "adres",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - asked for, not bound to
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00::1",
        "fec0::1",
        "::",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "3fff::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "224.0.0.1",
        "255.255.255.255",
    ],
)
def test_no_address_of_a_network_of_our_own(adres: str) -> None:
    assert not is_toegestaan(adres, loopback=False)


def test_public_addresses_and_this_machine_where_tests_ask_for_it() -> None:
    assert is_toegestaan("93.184.215.14", loopback=False)
    assert is_toegestaan("2606:2800:21f:cb07:6820:80da:af6b:8b2c", loopback=False)
    assert is_toegestaan("127.0.0.1", loopback=True)
    assert is_toegestaan("::1", loopback=True)
    assert not is_toegestaan("10.0.0.1", loopback=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://elders.example/x",
        "https://open.zuiderveld.example:8443/x",
        "https://open.zuiderveld.example@elders.example/x",
        "https://user@open.zuiderveld.example/x",
        "ftp://open.zuiderveld.example/x",
        "file:///etc/passwd",
        "http://127.0.0.1:8000/x",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://open.zuiderveld.example:nul/",
    ],
)
def test_what_is_not_asked(url: str) -> None:
    assert gate(private=False).why_not(url) is not None


def test_what_is_asked() -> None:
    assert gate(private=False).why_not("https://open.zuiderveld.example/x") is None
    assert gate(private=False).why_not("https://OPEN.zuiderveld.example:443/x") is None
    assert gate(private=True).why_not("http://127.0.0.1:8000/x") is None
    assert gate(private=True).why_not("http://10.0.0.1/x") is not None


class _Namen:
    """Stands for the names of the internet, and for the reactor that asks for them."""

    def __init__(self, **adressen: list[str]) -> None:
        self._adressen = adressen
        self.nameResolver = self
        self.found: list[str] = []

    def resolveHostName(self, receiver: Any, naam: str, *_: Any) -> None:  # noqa: N802 - of Twisted
        receiver.resolutionBegan(None)
        for adres in self._adressen[naam]:
            receiver.addressResolved(SimpleNamespace(host=adres))
        receiver.resolutionComplete()

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 - of Twisted
        self.found = []

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - of Twisted
        self.found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - of Twisted
        self.found.append("end")


def test_of_a_name_only_public_addresses_are_connected_to() -> None:
    six, four = "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "93.184.215.14"
    namen = _Namen(zes=[six], beide=["fd00::1", four, six], binnen=["10.0.0.1", "::1"], leeg=[])
    resolver = VeiligeResolver(namen, loopback=False)
    for naam, expected in (("zes", [six]), ("beide", [four, six]), ("binnen", []), ("leeg", [])):
        resolver.resolveHostName(namen, naam)
        assert namen.found == [*expected, "end"]
        assert (naam in geweigerd) == (naam == "binnen")
