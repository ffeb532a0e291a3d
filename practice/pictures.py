"""Uploaded pictures: measured, named by their content, kept in the home folder."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session

from practice.store.codes import Answer, Refusal, require
from practice.tables import Picture

MAX_BYTES = 5 * 1024 * 1024
MAIN_SIDE = 600
TALL = (3, 4)
SUFFIXES = {"JPEG": ".jpg", "PNG": ".png"}


def keep(session: Session, folder: Path, content: bytes, most_bytes: int = MAX_BYTES) -> Picture:
    """Store one picture; the same bytes twice are one picture."""
    name = hashlib.sha256(content).hexdigest()
    known = session.get(Picture, name)
    if known:
        return known
    suffix, width, height = measure(content, most_bytes)
    picture = Picture(id=name, file_name=name + suffix, width=width, height=height)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / picture.file_name).write_bytes(content)
    session.add(picture)
    return picture


def measure(content: bytes, most_bytes: int = MAX_BYTES) -> tuple[str, int, int]:
    """File suffix, width and height; refuses what the store does not take."""
    if len(content) > most_bytes:
        words = f"图片大小不能超过{most_bytes // 1024**2}MB"
        raise Refusal(words, Answer.BAD_PICTURE)
    try:
        # Reads the header only: cheap, and no decoder runs over the upload.
        with Image.open(io.BytesIO(content), formats=list(SUFFIXES)) as image:
            return SUFFIXES[str(image.format)], image.width, image.height
    except UnidentifiedImageError:
        raise Refusal("仅支持jpg、jpeg、png格式的图片", Answer.BAD_PICTURE) from None


def check_shape(use: str, width: int, height: int) -> None:
    """What each field asks for: ``main`` and ``white`` a square, ``tall`` 3:4, others nothing."""
    if use in ("main", "white"):
        require(width == height, "长宽比需为1:1", Answer.BAD_PICTURE)
    if use == "main":
        words = f"图片尺寸需不小于{MAIN_SIDE}×{MAIN_SIDE}"
        require(width >= MAIN_SIDE, words, Answer.BAD_PICTURE)
    if use == "tall":
        require(width * TALL[1] == height * TALL[0], "长宽比需为3:4", Answer.BAD_PICTURE)


def made_tall(content: bytes, *, crop: bool) -> bytes:
    """A 3:4 picture of another: its middle, or the whole of it on white."""
    with Image.open(io.BytesIO(content), formats=list(SUFFIXES)) as image:
        unit = image.width // TALL[0] if not crop else image.height // TALL[1]
        size = (unit * TALL[0], unit * TALL[1])
        whole = image.convert("RGB")
        tall = ImageOps.fit(whole, size) if crop else ImageOps.pad(whole, size, color="#ffffff")
    out = io.BytesIO()
    tall.save(out, "JPEG", quality=90)
    return out.getvalue()
