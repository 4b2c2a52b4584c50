"""The API as its OpenAPI describes it, called with what fits and with what does not: it never breaks (schemathesis).

Deterministic: the same calls each time. Nothing that is sent is read: the database is open and the queue is not.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import schemathesis
from browsers import Clock
from corrected import MORNING, plan
from databases import own_database
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pipeline.serve.app import create_app
from pipeline.serve.settings import Settings
from pipeline.store import people, register
from pipeline.store.address import parse
from pipeline.store.database import Database
from pipeline.store.rows import document_id
from pipeline.store.saving import save

HOST = "127.0.0.1:8765"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CALM = settings(
    max_examples=25, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


PLAN = plan()
DESCRIBED = create_app(Settings(parse("sqlite:///never-opened.db"))).openapi()
CALLS = [(path, method) for path, calls in DESCRIBED["paths"].items() for method in calls]
OUT_OF_REACH = {("/api/v1/queue/{upload}", "get"), ("/api/v1/tokens/{token}", "delete"), ("/api/v1/tokens", "post")}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of each kind: what one takes the other may refuse."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('api') / 'x.db'}"
        return
    server = os.environ.get("DONDOC_POSTGRES")
    if not server:
        pytest.skip("DONDOC_POSTGRES names no PostgreSQL server; see .ci/postgres")
    with own_database(server) as name:
        yield name


@pytest.fixture(scope="module")
def app(url: str) -> Iterator[FastAPI]:
    made = create_app(Settings(parse(url), now=Clock()))
    made.router.lifespan_context = _open_already  # else each call would start a server and stop it
    with made.state.house.database as database:
        save(database, [PLAN], MORNING)
        yield made
        made.state.house.exports.close()


@asynccontextmanager
async def _open_already(app: FastAPI) -> AsyncIterator[None]:
    yield


@pytest.fixture(scope="module")
def headers(app: FastAPI) -> dict[str, str]:
    _, secret = people.new_token(app.state.house.database, "thử", "ai", "admin", Clock()())
    return {"authorization": f"Bearer {secret}", "host": HOST}


@pytest.fixture(scope="module")
def described(app: FastAPI) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, headers={"host": HOST})


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("call", CALLS)
def test_no_call_breaks_it(
    app: FastAPI, described: schemathesis.BaseSchema, headers: dict[str, str], call: tuple[str, str], mode: GenerationMode
) -> None:
    path, method = call
    statuses: set[int] = set()

    @CALM
    @given(described[path][method].as_strategy(generation_mode=mode))
    def tried(case: schemathesis.Case) -> None:
        if mode is GenerationMode.POSITIVE:
            aim(case, app.state.house.database)
        statuses.add(case.call_and_validate(headers=dict(headers), checks=CHECKS).status_code)

    tried()
    if mode is GenerationMode.POSITIVE and call not in OUT_OF_REACH:
        assert min(statuses) < 300, "no call was understood, so little was tried"


def aim(case: schemathesis.Case, database: Database) -> None:
    """At what is there: names made at random are those of nothing."""
    rows = [task.id for task in PLAN.tasks]
    case.path_parameters |= {
        name: value
        for name, value in (("document", document_id(PLAN)), ("task", rows[0]))
        if name in case.path_parameters
    }
    if isinstance(case.body, dict) and "codes" in case.body:
        case.query |= {"profile": "nq57", "format": "xlsx"}
        case.body["codes"] = b"ma,ten,loai\nDV1,Ph\xc3\xb2ng Kinh t\xe1\xba\xbf,don-vi\n"
    elif isinstance(case.body, dict) and "task" in case.path_parameters:
        case.body["seen"] = register.listed(database, rows[:1])[0].mark
    elif isinstance(case.body, dict) and "kind" in case.body:
        for name, value in (("task", rows[1]), ("tasks", rows[1 : 1 + len(case.body.get("tasks", ()))])):
            if name in case.body:
                case.body[name] = value
        case.body["seen"] = 2**31 - 1


def test_calls_one_after_the_other_break_nothing(described: schemathesis.BaseSchema, headers: dict[str, str]) -> None:
    """What one call answers is sent to the next, as the answers are linked to the calls that take them."""

    statuses: list[int] = []

    # Without what revokes tokens: the next thing it does is to revoke its own.
    class Calls(described.exclude(method="DELETE").as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, object]:
            return {"headers": dict(headers)}

        def validate_response(self, response: Any, case: schemathesis.Case, **more: object) -> None:
            statuses.append(response.status_code)
            case.validate_response(response, checks=CHECKS)

    Calls.run(settings=settings(CALM, max_examples=15, stateful_step_count=6))
    assert statuses.count(200) > 5, "nothing that was answered was asked for again"
