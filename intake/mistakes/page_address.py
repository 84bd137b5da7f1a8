"""Which page of this site somebody means: his own words, or an address. Pure."""

from __future__ import annotations

from urllib.parse import unquote

_LONGEST = 200
# Whatever a browser might take for another site, or for the end of an attribute.
_NEVER = frozenset("\\<>\"'` ")


def path_on_site(typed: str, site: str) -> str:
    """The path in an address of this site, as one reads it, without its query; empty where it is
    none. `site` is the public site's own address."""
    address = typed.strip().removeprefix(site.rstrip("/"))
    path = unquote(address.partition("?")[0].partition("#")[0], errors="replace")
    is_path = path.startswith("/") and not path.startswith("//") and len(path) <= _LONGEST
    return path if is_path and path.isprintable() and not _NEVER & set(path) else ""
