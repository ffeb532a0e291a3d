"""Which faults a request to the supply platform may meet."""

from __future__ import annotations

OPEN = ("/login", "/logout", "/assets/", "/pictures/")


def kind_of(method: str, path: str) -> str:
    """Its pages are read like the store's XHRs: slowly, or with a gateway's 502 instead."""
    if path.startswith(OPEN):
        return ""
    return "read" if method == "GET" else "write"
