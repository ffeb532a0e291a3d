"""What the store takes as a product picture. Works on bytes; reads no file."""

from __future__ import annotations

import math
import struct
import warnings
import zlib
from io import BytesIO

from PIL import Image

from domain.sheet_errors import Fault

MAX_BYTES = 5 * 1024 * 1024
MAIN_PICTURE_SIDE = 600
FORMATS = frozenset({"JPEG", "MPO", "PNG"})  # MPO: the .jpg of many phones, a JPEG with an annex

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
"""What Pillow's decoders raise on bytes that are no sound picture."""


def main_picture_fault(data: bytes) -> Fault | None:
    """Say what keeps these bytes from being a 主图, if anything."""
    return _fault(data, main=True)


def detail_picture_fault(data: bytes) -> Fault | None:
    """Say what keeps these bytes from being a 商品详情 picture, if anything."""
    return _fault(data, main=False)


def _fault(data: bytes, *, main: bool) -> Fault | None:
    if len(data) > MAX_BYTES:
        megabytes = math.ceil(len(data) * 10 / 1024 / 1024) / 10  # 5 MB and a bit is no 5.0 MB
        return Fault(
            rule="S-picture-too-big",
            mend=f"save the picture smaller: it has {megabytes:.1f} MB, the store takes 5 MB",
        )
    try:
        kind, size = _decoded(data)
    except _BROKEN:
        return Fault(
            rule="S-picture-unreadable",
            mend="save the picture anew as JPG or PNG: this file is broken or no picture",
        )
    if kind not in FORMATS:
        return Fault(
            rule="S-picture-format",
            mend=f"save the picture as JPG or PNG: inside it is {kind}, whatever its name says",
        )
    return _shape_fault(*size) if main else None


def _decoded(data: bytes) -> tuple[str, tuple[int, int]]:
    with warnings.catch_warnings():
        # Crooked metadata is no reason to refuse a picture; a decompression bomb is.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data)) as image:
            kind = str(image.format)
            if kind in FORMATS:
                image.load()  # verify() would let a JPEG pass that was cut off half-way
            return kind, image.size


def _shape_fault(width: int, height: int) -> Fault | None:
    side = MAIN_PICTURE_SIDE
    if min(width, height) < side:
        return Fault(
            rule="S-picture-too-small",
            mend=f"take a main picture of {side}×{side} or more: this one is {width}×{height}",
        )
    if width != height:
        return Fault(
            rule="S-picture-not-square",
            mend=f"crop the main picture to a square (1:1): this one is {width}×{height}",
        )
    return None
