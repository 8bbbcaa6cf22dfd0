"""One typed REST route for every action that names one in ``http=``."""

import inspect
import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, get_args, get_origin

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, create_model
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Action, Door, Nothing, registry
from gitu.kernel.actions.validation import invalid_fields, validate
from gitu.kernel.auth.principal import Kind, Principal
from gitu.kernel.errors import FieldProblem, Problem
from gitu.kernel.services import Services

Endpoint = Callable[..., Coroutine[Any, Any, Response]]  # its parameters are what the action's input says

_PLACE = re.compile(r"\{([a-z_]+)\}")
_KEY = re.compile(r"^[\x21-\x7e]{1,200}$")
PROBLEM: dict[int | str, dict[str, Any]] = {  # FastAPI's own type
    "default": {"model": Problem, "description": "What went wrong, and the way out."}
}


def add_actions(router: APIRouter, services: Services, prefix: str) -> None:
    """Add the routes of all of them below ``prefix``; operation ids are the actions' names."""
    for action in registry.all():
        if action.http is not None:
            _add(router, services, action, prefix)


def _add(router: APIRouter, services: Services, action: Action, prefix: str) -> None:
    assert action.http is not None
    method, path = action.http.split(" ")
    in_path = _PLACE.findall(path)
    rest = _without(action, in_path)
    empty = action.output is Nothing
    reads = method == "GET"
    endpoint = _reading(services, action, rest) if reads else _changing(services, action)
    endpoint.__name__ = action.tool_name
    endpoint.__doc__ = action.description
    endpoint.__signature__ = _signature(action, method, in_path, rest)  # type: ignore[attr-defined] # read by FastAPI
    router.add_api_route(
        f"{prefix}{path}",
        endpoint,
        methods=[method],
        operation_id=action.tool_name,
        summary=action.summary,
        description=f"{action.description}\n\nScope: `{action.scope or 'none'}` · risk: {action.risk.value}",
        tags=[action.feature],
        response_model=None if empty else action.output,
        status_code=204 if empty else 200,
        responses=PROBLEM,
        route_class_override=_ReadRoute if reads else _ActionRoute,
    )


class _ActionRoute(APIRoute):
    """There are hundreds of them, tried one after the other: most are passed over by how the path begins."""

    def __init__(self, path: str, endpoint: Endpoint, **described: Any) -> None:  # Any: as FastAPI takes them
        super().__init__(path, endpoint, **described)
        self._beginning = path.partition("{")[0]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As always, with a cheap look first."""
        if not scope["path"].startswith(self._beginning):
            return Match.NONE, {}
        return super().matches(scope)


class _ReadRoute(_ActionRoute):
    """FastAPI describes a read; its endpoint takes the request as it comes.

    FastAPI's own way through dependencies and fields costs as much again as a short list.
    """

    def __init__(self, path: str, endpoint: Endpoint, **described: Any) -> None:  # Any: as FastAPI takes them
        super().__init__(path, endpoint, **described)
        self.app = self._answer

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.endpoint(Request(scope, receive))
        await response(scope, receive, send)


def _reading(services: Services, action: Action, rest: type[BaseModel] | None) -> Endpoint:
    fields = rest.model_fields if rest is not None else {}
    repeated = [name for name, field in fields.items() if takes_many(field.annotation)]

    async def endpoint(request: Request) -> Response:
        given: dict[str, Any] = dict(request.query_params) if rest is not None else {}  # Any: as yet unchecked
        given |= {name: request.query_params.getlist(name) for name in repeated if name in given}
        data = validate(action.input, {**given, **request.path_params})
        principal = principal_of(request, public=action.scope is None)
        return json_response(await execute(services, principal, action.name, data, call_of(request)))

    return endpoint


def takes_many(annotation: object) -> bool:
    """Whether a parameter of this type may stand in the address several times."""
    return get_origin(annotation) in (list, set, frozenset, tuple) or any(map(takes_many, get_args(annotation)))


def _changing(services: Services, action: Action) -> Endpoint:
    async def endpoint(request: Request, **arguments: Any) -> Response:  # Any: typed by the signature
        payload: Any = arguments.pop("data", None)  # a model of its own, or None
        if arguments or type(payload) is not action.input:
            given: dict[str, Any] = payload.model_dump(exclude_unset=True) if payload is not None else {}
            payload = {**given, **arguments}
        principal = principal_of(request, public=action.scope is None)
        answer = await execute(services, principal, action.name, payload, call_of(request))
        return Response(status_code=204) if action.output is Nothing else json_response(answer)

    return endpoint


def _without(action: Action, in_path: list[str]) -> type[BaseModel] | None:
    left = {name: field for name, field in action.input.model_fields.items() if name not in in_path}
    if not left:
        return None
    if not in_path:
        return action.input
    fields: Any = {name: (field.annotation, field) for name, field in left.items()}  # create_model's own type
    return create_model(
        f"{action.input.__name__}Body",
        __config__=action.input.model_config,
        __doc__=action.input.__doc__,
        **fields,
    )


def _signature(action: Action, method: str, in_path: list[str], rest: type[BaseModel] | None) -> inspect.Signature:
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)]
    for name in in_path:
        annotation = Annotated[action.input.model_fields[name].annotation, Path()]
        parameters.append(inspect.Parameter(name, keyword, annotation=annotation))
    if rest is not None:
        place = Query() if method in ("GET", "DELETE") else Body()
        if method == "POST" and not any(field.is_required() for field in rest.model_fields.values()):
            # A body in which everything may be left out may be left out itself.
            parameters.append(
                inspect.Parameter("data", keyword, default=None, annotation=Annotated[rest | None, place])
            )
        else:
            parameters.append(inspect.Parameter("data", keyword, annotation=Annotated[rest, place]))
    return inspect.Signature(parameters)


def json_response(answer: BaseModel, status: int = 200) -> Response:
    """The answer as JSON, written by pydantic's own serialiser in one pass."""
    return Response(answer.__pydantic_serializer__.to_json(answer), status_code=status, media_type="application/json")


def principal_of(request: Request, *, public: bool = False) -> Principal:
    """The caller. Unless the action is public, raises what kept a presented token from counting."""
    state = request.scope["state"]
    if state["auth_error"] is not None and not public:
        raise state["auth_error"]
    return state["principal"]


def call_of(request: Request) -> Call:
    """Where the call came from: the terminal says so itself; it changes what is logged, not what is allowed."""
    state = request.scope["state"]
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.match(key):
        raise invalid_fields([FieldProblem.of("Idempotency-Key", "field-idempotency-key")])
    terminal = request.headers.get("x-gitu-door") == "cli" and state["principal"].kind is Kind.PERSON
    return Call(
        door=Door.CLI if terminal else Door.REST,
        request_id=state["request_id"],
        address=state["address"],
        idempotency_key=key,
    )
