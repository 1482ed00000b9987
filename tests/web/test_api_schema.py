"""What is described for programs, tried at random by Schemathesis: no fault, and no answer that is not described."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from starlette.testclient import TestClient

from foedus.web.explorer.openapi import ASKS
from foedus.web.explorer.site import explorer_app
from foedus.web.security.policy import AccessPolicy

_SOLVES = frozenset({"/api/compare", "/api/draft/picture"})
"""What begins long work once it is asked well; tests of their own ask it."""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a program on this machine."""
    app = partial(explorer_app, futures=40)(AccessPolicy(requests_per_second=1000, burst=10_000))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.mark.parametrize("address", sorted(set(ASKS) - _SOLVES))
def test_no_answer_is_a_fault_or_undescribed(client: TestClient, address: str) -> None:
    """Whatever is sent as JSON, within what is described and beside it: 200 or 422, as JSON, and never a fault."""
    described = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    operation = described[address]["POST"]

    @seed(1)
    @settings(
        max_examples=5,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def tried(case: schemathesis.Case[Any]) -> None:
        client.cookies.clear()
        answer = client.post(address, json=case.body)
        assert answer.status_code in (200, 422), answer.text[:300]
        assert answer.headers["content-type"].startswith("application/json")

    tried()
