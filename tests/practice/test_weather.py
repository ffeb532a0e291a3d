"""The layer around the store: which requests meet which faults, and what its log keeps."""

from __future__ import annotations

import logging
from urllib.error import HTTPError

import pytest

from practice.weather import kind_of
from tests.practice.quick_store import QuickStore


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/ffa/g/list", "page"),
        ("GET", "/product/tproduct/list", "read"),
        ("GET", "/common/index/index", "read"),
        ("POST", "/product/tproduct/addWithSchema", "write"),
        ("POST", "/product/img/upload", "upload"),
        ("POST", "/ecomauth/loginv1/login", ""),
        ("GET", "/login/common", ""),
        ("GET", "/assets/1/kit.js", ""),
        ("POST", "/_practice/faults", ""),
    ],
)
def test_only_the_stores_own_requests_meet_faults(method: str, path: str, kind: str) -> None:
    assert kind_of(method, path) == kind


def test_its_own_errors_are_logged_and_those_of_faults_are_not(
    quick: QuickStore, caplog: pytest.LogCaptureFixture
) -> None:
    client = quick.client()
    with caplog.at_level(logging.ERROR, "practice"):
        with quick.faults(gateway_on_read=1), pytest.raises(HTTPError) as raised:
            client.listed()
        raised.value.close()
        assert caplog.messages == []
        with pytest.raises(HTTPError) as raised:
            client.get("/product/no/such/route")
        raised.value.close()
    assert caplog.messages == ["404 GET /product/no/such/route"]


def test_a_gateway_after_a_commit_is_no_error_of_the_store(
    quick: QuickStore, caplog: pytest.LogCaptureFixture
) -> None:
    client = quick.client()
    form = client.form("LOGGED-1")
    with quick.faults(gateway_after_commit=1), pytest.raises(HTTPError) as raised:
        client.add(form)
    raised.value.close()
    assert caplog.messages == []
