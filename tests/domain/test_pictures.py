from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from domain.pictures import MAX_BYTES, detail_picture_fault, main_picture_fault
from domain.sheet_errors import Fault


def picture(width: int = 800, height: int = 800, kind: str = "JPEG") -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "#8fb39a").save(data, kind)
    return data.getvalue()


JPEG = picture(64, 64)
PNG = picture(64, 64, "PNG")


def rule(fault: Fault | None) -> str | None:
    return fault.rule if fault else None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "MPO"])
def test_a_square_of_600_serves_as_main_picture(kind: str) -> None:
    assert main_picture_fault(picture(600, 600, kind)) is None


@pytest.mark.parametrize(
    ("data", "expected", "said"),
    [
        (picture(599, 599), "S-picture-too-small", "599×599"),
        (picture(800, 599), "S-picture-too-small", "800×599"),
        (picture(800, 801), "S-picture-not-square", "800×801"),
        (picture(kind="WEBP"), "S-picture-format", "WEBP"),
        (picture(kind="GIF"), "S-picture-format", "GIF"),
        (picture()[:2000], "S-picture-unreadable", "anew"),
        (b"", "S-picture-unreadable", "anew"),
        (b"<html>not found</html>", "S-picture-unreadable", "anew"),
        (b"\xff\xd8" + bytes(MAX_BYTES), "S-picture-too-big", "5.1 MB"),
    ],
)
def test_each_fault_of_a_main_picture(data: bytes, expected: str, said: str) -> None:
    fault = main_picture_fault(data)
    assert rule(fault) == expected
    assert fault is not None
    assert said in fault.mend


def test_a_detail_picture_may_have_any_shape() -> None:
    assert detail_picture_fault(picture(750, 1000)) is None
    assert detail_picture_fault(picture(300, 2000, "PNG")) is None


def test_a_detail_picture_must_be_a_picture() -> None:
    assert rule(detail_picture_fault(picture(kind="BMP"))) == "S-picture-format"
    assert rule(detail_picture_fault(b"nothing")) == "S-picture-unreadable"


def test_a_decompression_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert rule(detail_picture_fault(picture(40, 40))) == "S-picture-unreadable"
    assert rule(detail_picture_fault(picture(80, 80))) == "S-picture-unreadable"


@given(st.sampled_from([JPEG, PNG]), st.integers(0, 600), st.binary(max_size=40))
def test_no_damage_makes_it_crash(sound: bytes, place: int, noise: bytes) -> None:
    damaged = sound[:place] + noise + sound[place + len(noise) :]
    detail_picture_fault(damaged)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_crash(data: bytes) -> None:
    assert rule(main_picture_fault(data)) in {"S-picture-unreadable", "S-picture-format"}
