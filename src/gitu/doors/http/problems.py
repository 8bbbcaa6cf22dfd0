"""Errors as problem details (RFC 9457), in the caller's language."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gitu.kernel.actions.validation import invalid_fields
from gitu.kernel.errors import FieldProblem, GituError, NotFound, Problem
from gitu.kernel.i18n import Words
from gitu.kernel.i18n.findings import words_of

MEDIA_TYPE = "application/problem+json"


class PathUnknown(NotFound):
    code = "request.path_unknown"
    text = "There is nothing at {$path}; /api/v1/openapi.json lists what there is."


class MethodUnknown(GituError):
    status = 405
    code = "request.method_unknown"
    title = "Not possible this way"
    text = "{$method} is not possible at {$path}; /api/v1/openapi.json lists what is."


class RequestMalformed(GituError):
    status = 400
    code = "request.malformed"
    title = "The request can't be read"
    text = "The request can't be read: {$reason}. Send JSON in UTF-8."


def problem_response(error: GituError, locale: str, request_id: str | None) -> Response:
    """The error as an HTTP answer."""
    problem = error.problem(locale, request_id)
    headers = {"retry-after": str(int(error.retry_after) or 1)} if error.retry_after else {}
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    return Response(_json(problem), status_code=error.status, media_type=MEDIA_TYPE, headers=headers)


def _json(problem: Problem) -> str:
    return problem.model_dump_json(exclude_none=True)


def install(app: FastAPI) -> None:
    """Every foreseen error of the app leaves as problem details; SecurityMiddleware sees to the others."""

    def respond(request: Request, error: GituError) -> Response:
        state = request.scope.get("state", {})
        return problem_response(error, state.get("locale", "en"), state.get("request_id"))

    async def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, GituError)
        return respond(request, error)

    async def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        findings = error.errors()
        if any(item["type"] == "json_invalid" for item in findings):
            return respond(request, RequestMalformed(reason=Words("request-not-json")))
        return respond(
            request,
            invalid_fields(
                [
                    FieldProblem.told(".".join(str(step) for step in item["loc"][1:]), words_of(item))
                    for item in findings
                ]
            ),
        )

    async def starlette(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        failure = request.scope.get("state", {}).get("failure")
        if isinstance(failure, GituError):
            return respond(request, failure)
        if error.status_code == 405:
            return respond(request, MethodUnknown(method=request.method, path=request.url.path))
        if error.status_code == 404:
            return respond(request, PathUnknown(path=request.url.path[:200], what="path", id=""))
        return respond(request, RequestMalformed(reason=Words("request-unreadable")))

    app.add_exception_handler(GituError, known)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, starlette)
