"""Whether what is said to a service, or to us, stays on this machine or goes by TLS whose
certificate is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import URL, make_url

# libpq's other modes take any certificate, or none.
_CHECKED = "verify-full"
_ENCRYPTED = frozenset({"rediss", "valkeys"})
_COUNTING = frozenset({"redis", "valkey"}) | _ENCRYPTED


def is_this_machine(host: str) -> bool:
    """Whether a host is the loopback address."""
    name = host.lower().strip("[]")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def site_is_private(url: str) -> bool:
    """Whether browsers reach a site by TLS, or from this machine alone."""
    return url.startswith("https://") or is_this_machine(urlsplit(url).hostname or "")


def database_is_private(url: str, environ: Mapping[str, str]) -> bool:
    """Whether a database is a file, a socket, on this machine, or reached by TLS with its
    certificate and name checked. What the address leaves out, libpq takes from the environment."""
    found = make_url(url)
    if not found.drivername.startswith("postgresql"):
        return True
    hosts = [*_hosts(found), *_listed(environ.get("PGHOST", ""), environ.get("PGHOSTADDR", ""))]
    near = all(one.startswith(("/", "@")) or is_this_machine(one) for one in hosts if one)
    # Which host a service means stands in a file of libpq's.
    is_a_service = bool(found.query.get("service") or environ.get("PGSERVICE"))
    return (near and not is_a_service) or found.query.get("sslmode") == _CHECKED


def counts_are_private(url: str) -> bool:
    """The same of the server that counts for several machines."""
    parts = urlsplit(url)
    server, _, way = parts.scheme.partition("+")
    # Sentinels and clusters tell of further hosts, so that they are never near.
    near = not way and is_this_machine(parts.hostname or "localhost")
    if server not in _COUNTING or way == "unix" or near:
        return True
    unchecked = parse_qs(parts.query).get("ssl_cert_reqs", ["required"]) != ["required"]
    return server in _ENCRYPTED and not unchecked


def _hosts(found: URL) -> Iterator[str]:
    """Every host that an address names, in its own place and among its parameters."""
    yield found.host or ""
    for name in ("host", "hostaddr"):
        said = found.query.get(name, ())
        yield from _listed(*((said,) if isinstance(said, str) else said))


def _listed(*values: str) -> Iterator[str]:
    """The hosts of lists with commas between."""
    for value in values:
        for one in value.split(","):
            # SQLAlchemy takes a port behind a host among the parameters.
            host, _, port = one.rpartition(":")
            yield host if host and port.isdigit() and host.count(":") == 0 else one
