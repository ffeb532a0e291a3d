"""The foreign products' pictures: a few dozen quiet drawings, painted when first asked for."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from practice.tables import Picture

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SIDE = 800
TINTS = (
    "#c9d6df", "#e8c7b9", "#cfd8b4", "#d9cbe6", "#f2dfa7", "#b8d8d0",
    "#e3c4d0", "#c2cce8", "#dcd3c6", "#bfd9b9", "#f0cfae", "#cdd1d6",
)  # fmt: skip
Box = tuple[float, float, float, float]


def _cup(draw: ImageDraw, side: int, tint: str) -> None:
    draw.ellipse(_part(side, 0.58, 0.4, 0.78, 0.64), outline="#ffffff", width=side // 28)
    draw.rounded_rectangle(_part(side, 0.28, 0.3, 0.66, 0.74), side // 16, "#ffffff")
    draw.ellipse(_part(side, 0.33, 0.34, 0.61, 0.42), tint)


def _shirt(draw: ImageDraw, side: int, tint: str) -> None:
    outline = ((0.36, 0.24), (0.64, 0.24), (0.84, 0.4), (0.74, 0.5), (0.68, 0.46), (0.68, 0.78))
    mirrored = tuple((1 - x, y) for x, y in reversed(outline[2:]))
    draw.polygon([(x * side, y * side) for x, y in (*outline, *mirrored)], "#ffffff")
    draw.ellipse(_part(side, 0.43, 0.17, 0.57, 0.31), tint)


def _crate(draw: ImageDraw, side: int, tint: str) -> None:
    draw.rounded_rectangle(_part(side, 0.22, 0.3, 0.78, 0.72), side // 20, "#ffffff")
    for left in (0.28, 0.53):
        draw.rounded_rectangle(_part(side, left, 0.37, left + 0.19, 0.65), side // 32, tint)


MOTIFS: tuple[Callable[[ImageDraw, int, str], None], ...] = (_cup, _shirt, _crate)


def _part(side: int, left: float, top: float, right: float, bottom: float) -> Box:
    return (left * side, top * side, right * side, bottom * side)


def paint(tint: str, side: int = SIDE, motif: int = 0) -> bytes:
    """A square picture, as bytes of a jpeg."""
    from PIL import Image, ImageDraw  # slow to load, and a new world needs none of it

    image = Image.new("RGB", (side, side), tint)
    MOTIFS[motif](ImageDraw.Draw(image), side, tint)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def recipes() -> dict[str, tuple[str, int]]:
    """File name of a picture to its tint and motif."""
    kinds = [(tint, motif) for motif in range(len(MOTIFS)) for tint in TINTS]
    names = (hashlib.sha256(f"painted {at}".encode()).hexdigest() for at in range(len(kinds)))
    return {f"{name}.jpg": kind for name, kind in zip(names, kinds, strict=True)}


def painted_pictures() -> list[Picture]:
    """The rows of all of them; the files follow."""
    return [
        Picture(id=name.removesuffix(".jpg"), file_name=name, width=SIDE, height=SIDE)
        for name in recipes()
    ]


def ensure_painted(folder: Path, file_name: str) -> None:
    """Paint the file if it is one of these and not there yet."""
    known, path = recipes().get(file_name), folder / file_name
    if known is None or path.is_file():
        return
    tint, motif = known
    folder.mkdir(parents=True, exist_ok=True)
    # Renamed when whole: two requests may paint the same picture.
    draft = path.with_suffix(".new")
    draft.write_bytes(paint(tint, motif=motif))
    draft.replace(path)
