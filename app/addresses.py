"""Where this server can be reached, and the links that lead there."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def lan_addresses(host: str) -> list[str]:
    """Addresses that phones on the same network can open, the likeliest first; none where the server listens
    to this machine alone. Sends nothing."""
    if host.startswith("127.") or host in ("localhost", "::1"):
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        # Connecting a datagram socket only asks the routing table which address would be used.
        probe.connect(("10.255.255.255", 9))
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [each[4][0] for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [each for each in dict.fromkeys(map(str, found)) if not each.startswith("127.")]


def doorstep(host: str, port: int) -> str:
    """Where this machine itself reaches a server that listens on `host`: past any proxy, and without TLS."""
    reached = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


class Addresses:
    """`origin` builds every link; `hosts` are the only ones a request may name."""

    def __init__(self, public_url: str, port: int, lan: list[str]) -> None:
        self.lan = [f"http://{address}:{port}" for address in lan]
        self.origin = public_url or next(iter(self.lan), f"http://127.0.0.1:{port}")
        self.is_https = self.origin.startswith("https://")
        here = [f"{host}:{port}" for host in (*LOOPBACK, *lan)]
        if port in (80, 443):
            here += LOOPBACK
        self.hosts = frozenset({urlsplit(self.origin).netloc, *here})

    def is_ours(self, origin: str, host: str) -> bool:
        """Whether a page of this origin is one of ours, as seen by a request to `host`."""
        return origin == self.origin or (
            host in self.hosts and origin in {f"http://{host}", f"https://{host}"}
        )

    def join(self, code: str) -> str:
        return f"{self.origin}/j/{code}"

    def join_shown(self, code: str) -> str:
        """Without the scheme, as it is written on a wall."""
        return self.join(code).partition("://")[2]

    def session(self, code: str, page: str = "", secret: str = "") -> str:
        return f"{self.origin}/s/{code}{page}{'#' if secret else ''}{secret}"
