"""What pictures the store takes: number, shape, kind and weight (facts 3.2)."""

from __future__ import annotations

import pytest

from tests.practice.conformance.sending import PREFIX, pictures, told
from tests.practice.conformance.steps import picture
from tests.practice.store_client import StoreClient


@pytest.mark.facts("3.2-main-required", "3.2-main-count")
def test_how_many_main_pictures(client: StoreClient) -> None:
    """Facts 3.2, 主图: one to five."""
    six = pictures(client, 6)
    assert told(client, pic=[]).startswith("请上传")
    assert told(client, pic=six[:1]) == ""
    assert told(client, pic=six[:5]) == ""
    assert "5" in told(client, pic=six)


@pytest.mark.facts("3.2-tall-count", "3.2-tall-ratio")
def test_how_many_tall_pictures(client: StoreClient) -> None:
    """Facts 3.2, 主图3:4: up to five, 3:4."""
    six = pictures(client, 6, 600, 800)
    assert told(client, pic_3_4=six[:5]) == ""
    assert "5" in told(client, pic_3_4=six)
    assert "长宽比需为3:4" in told(client, pic_3_4=pictures(client, 1, 601, 800))


@pytest.mark.facts("3.2-detail-required", "3.2-detail-count", "3.2-pictures-together")
def test_how_many_detail_pictures(client: StoreClient) -> None:
    """Facts 3.2, 商品详情: one to fifty, all the product's pictures together at most fifty."""
    (main,), many = pictures(client, 1), pictures(client, 51, 40, 40)
    assert told(client, desc_pic=[]).startswith("请上传")
    assert told(client, pic=[main], desc_pic=many[:1]) == ""
    assert told(client, pic=[main], desc_pic=many[:49]) == ""
    assert "50" in told(client, pic=[main], desc_pic=many[:50])
    assert "50" in told(client, pic=[main], desc_pic=many)
    shown = client.form(pic=[main], desc_pic=many[:49])
    shown["sku_detail"][0]["sku_pic"] = many[49]
    assert "50" in client.add(shown)["msg"]


@pytest.mark.facts(
    "3.2-main-size", "3.2-main-ratio", "3.2-main-kind", "3.2-tall-ratio", "3.2-white"
)
@pytest.mark.parametrize(
    ("size", "kind", "use", "words"),
    [
        ((600, 600), "JPEG", "main", ""),
        ((600, 600), "PNG", "main", ""),
        ((599, 599), "JPEG", "main", "600"),
        ((600, 601), "JPEG", "main", "长宽比需为1:1"),
        ((601, 600), "JPEG", "main", "长宽比需为1:1"),
        ((800, 800), "GIF", "main", "jpg、jpeg、png"),
        ((800, 800), "WEBP", "main", "jpg、jpeg、png"),
        ((600, 800), "JPEG", "tall", ""),
        ((601, 800), "JPEG", "tall", "长宽比需为3:4"),
        ((800, 800), "JPEG", "tall", "长宽比需为3:4"),
        ((800, 800), "JPEG", "white", ""),
        ((800, 801), "JPEG", "white", "长宽比需为1:1"),
    ],
)
def test_the_shape_of_pictures(
    client: StoreClient, size: tuple[int, int], kind: str, use: str, words: str
) -> None:
    """Facts 3.2, 主图, 主图3:4, 白底图."""
    answer = client.upload(picture(*size, kind), use)
    assert (answer["code"] == 0) == (words == "")
    assert words in answer["msg"]


@pytest.mark.facts("3.2-main-bytes")
def test_the_weight_of_pictures(client: StoreClient) -> None:
    """Facts 3.2, 主图: 5 MB, and not one byte more."""
    small, limit = picture(600, 600), 5 * 1024 * 1024
    assert client.upload(small + bytes(limit - len(small)))["code"] == 0
    refused = client.upload(small + bytes(limit - len(small) + 1))
    assert refused["code"] != 0
    assert "5MB" in refused["msg"].replace(" ", "")


@pytest.mark.facts("3.2-spec-pictures")
def test_pictures_of_spec_values(client: StoreClient) -> None:
    """Facts 3.2, 规格图: each value of the first spec keeps its own."""
    first, second = pictures(client, 2)
    form = client.form("C-SPECPICS")
    for row, shown in zip(form["sku_detail"], (first, second), strict=True):
        row["sku_pic"] = shown
    product_id = client.add(form)["data"]["product_id"]
    kept = client.get(f"{PREFIX}/detail", product_id=product_id)["data"]["sku_detail"]
    assert [row["sku_pic"]["id"] for row in kept] == [first, second]
