"""Which faults a request to the ERP may meet."""

from __future__ import annotations

from practice.erp.routes import ACCOUNT, READS

OPEN = ("/assets/", "/libraries/", "/styles/", "/pictures/", f"{ACCOUNT}/log", f"{ACCOUNT}/captcha")


def kind_of(_method: str, path: str) -> str:
    """It asks by POST for what it only reads, so the path tells reads from writes."""
    if path.startswith(OPEN):
        return ""
    if not path.startswith("/api/"):
        return "page"
    return "read" if path in READS else "write"
