"""The API is as it describes itself: generated requests, fitting and unfitting, never end in a 500."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok

from gitu.kernel.auth.principal import Role
from tests.support.server import API, GituServer, Person

# What would end the caller's own sign-in, wait on purpose, or reach outside.
LEFT_OUT = ("/auth/", "/events", "/models/discovered", "/test", "/me/password", "/ws", "/devices/{device_id}")


def test_the_description_names_every_error_and_operation(gitu: GituServer) -> None:
    described = gitu.client().http.get(f"{API}/openapi.json").json()
    ids = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(ids) == len(set(ids))
    assert all(
        "default" in one["responses"]
        for path, of in described["paths"].items()
        for one in of.values()
        if path.startswith(API)
    )


def test_no_generated_request_of_a_member_ends_in_a_500(gitu: GituServer) -> None:
    attack_everything(gitu.person(Role.MEMBER), examples=1)


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.MEMBER, Role.OWNER])
def test_none_of_many_generated_requests_ends_in_a_500(fresh_gitu: Callable[..., GituServer], role: Role) -> None:
    # On a server of its own: the owner's change what holds for everybody, such as its name. It runs no jobs.
    attack_everything(fresh_gitu().person(role), examples=20, but=("/privacy/exports",))


def attack_everything(person: Person, *, examples: int, but: tuple[str, ...] = ()) -> None:
    """Send generated requests to every operation, but for some paths."""
    schema = schemathesis.openapi.from_dict(person.http.get(f"{API}/openapi.json").json())
    failures: list[str] = []
    session = requests.Session()
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()
        if not operation.path.startswith(API) or any(part in operation.path for part in LEFT_OUT + but):
            continue

        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        )
        @given(case=operation.as_strategy())
        def attack(case: "schemathesis.Case[Any]") -> None:
            made = case.as_transport_kwargs(base_url=person.url)
            made["headers"] = {**made["headers"], "authorization": f"Bearer {person.token}"}
            answer = session.request(**made, timeout=20)
            if answer.status_code >= 500 and answer.status_code != 502:  # 502: what the request names does not answer
                failures.append(f"{case.as_curl_command()}: {answer.status_code} {answer.text}")

        attack()
    session.close()
    assert not failures, "\n\n".join(failures)[:6000]
