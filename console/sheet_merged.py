"""Merged blocks that run on to the end of a sheet, cut to its filled rows before it is opened.

Who merges a whole column has merged a million rows: openpyxl makes a cell of each, for minutes.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

FAR = 1000
"""How many rows below the last filled one a block may end that somebody meant as it is."""
_SHEETS = "xl/worksheets/sheet"
_BLOCK = re.compile(rb'(<(?:\w+:)?mergeCell [^>]*?ref="[A-Z]+)(\d+)(:[A-Z]+)(\d+)"')
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)[ />]")
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')


def with_short_blocks(data: bytes) -> bytes:
    """Give a workbook's bytes with such blocks cut; as they are if there are none."""
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith(_SHEETS)]
        sheets = {name: archive.read(name) for name in names}
        cut = {name: _cut(xml) for name, xml in sheets.items()}
        if cut == sheets:
            return data
        rest = {name: archive.read(name) for name in archive.namelist() if name not in cut}
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, xml in {**rest, **cut}.items():
            archive.writestr(name, xml)
    return made.getvalue()


def _cut(xml: bytes) -> bytes:
    if not any(int(block[4]) > FAR for block in _BLOCK.finditer(xml)):
        return xml
    last = _last_filled(xml)

    def shorter(block: re.Match[bytes]) -> bytes:
        first, end = int(block[2]), int(block[4])
        if end > last + FAR:
            end = max(first, last)
        return b'%b%d%b%d"' % (block[1], first, block[3], end)

    return _BLOCK.sub(shorter, xml)


def _last_filled(xml: bytes) -> int:
    """Find the last row that holds a value; formats reach farther."""
    filled = max((found.start() for found in _FILLED.finditer(xml)), default=0)
    return max((int(row[1]) for row in _ROW.finditer(xml, 0, filled)), default=1)
