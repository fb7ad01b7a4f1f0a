"""How many guests one network address may make: a row and a session each, for nothing but a POST.

A school starts behind one address, so the limit stops only a machine. Counted without a lock:
pupils who start at once are never refused for that, and the few that slip by do no harm.
"""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS_COUNTED = 60 * 60
GUESTS_OF_AN_ADDRESS = 2_000


class TooManyGuestsError(Exception):
    """So many guests began from one address that no more are made for some `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def address_of(request: HttpRequest) -> str:
    """Return the client's address, not the proxy's; of IPv6 the network that one client has."""
    address = ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False).network_address)
    return str(address)


def count_guest(address: str, now: datetime) -> None:
    """Count one more guest of this address, or raise TooManyGuestsError."""
    if not count_in_hour(f"guests:{hidden(address)}", now, most=GUESTS_OF_AN_ADDRESS):
        raise TooManyGuestsError(SECONDS_COUNTED - int(now.timestamp()) % SECONDS_COUNTED)


def count_in_hour(what: str, now: datetime, *, most: int) -> bool:
    """Count one more of these; False, and not counted, where there were so many this hour."""
    key = f"{what}:{int(now.timestamp()) // SECONDS_COUNTED}"
    counted = cache.get(key, 0)
    if counted >= most:
        return False
    cache.set(key, counted + 1, timeout=SECONDS_COUNTED)
    return True


def hidden(address: str) -> str:
    """Return what stands for the address and tells it to nobody who reads the cache."""
    return salted_hmac("guests", address, algorithm="sha256").hexdigest()
