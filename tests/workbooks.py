"""Workbooks as other programs save them: what openpyxl itself would never write."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile


def put_raw_cell(path: Path, address: str, inside: str, kind: str = "n") -> None:
    """Replace a cell of the first sheet by raw XML, such as ``<f>B2*2</f><v>4</v>``."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    text = parts[sheet].decode("utf-8")
    style = re.search(rf'<c r="{address}"( s="\d+")?', text)
    assert style, f"{address} is not in the sheet"
    cell = f'<c r="{address}"{style.group(1) or ""} t="{kind}">{inside}</c>'
    pattern = rf'<c r="{address}"[^>]*?(/>|>.*?</c>)'
    parts[sheet] = re.sub(pattern, lambda _match: cell, text, count=1).encode()
    with ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
