r"""Blueprints whose routes read their input strictly and always answer.

    pages = Routes(__name__)

    @pages.get("/my/{token}")                  # errors become a page
    def my_registration(token: str) -> Response: ...

    @pages.post("/officer/searches")           # the guard checks session, role and csrf
    @signed_in(Role.OFFICER, Role.SUPERVISOR)
    def search() -> Response:
        fields = form(current())               # chalicelib.web.requests
        officer = session().officer            # chalicelib.web.guards

    @pages.post("/answer/{token}/clips", json=True)    # errors become problem+json
    def open_slot(token: str) -> Response: ...
        body = json_body(current(), NewSlot)
        return json_response(slot, status=201)

A route is either guarded (`signed_in`, `bearer`) or listed in `guards.PUBLIC_ROUTES` with the
reason why anybody may call it. Path parameters arrive percent-encoded and are refused unless
they are made of letters, digits and `_ . -`: ids, tokens and static names are.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from chalice.app import Authorizer, Blueprint, Response

from chalicelib import language
from chalicelib.errors import NotFound, SightlineError, WrongFormToken
from chalicelib.web import languages, requests
from chalicelib.web.errors import answered
from chalicelib.web.problems import HEADERS

PARAMETER = re.compile(r"[A-Za-z0-9_.-]{1,128}", re.ASCII)
Handler = Callable[..., Response]
Declare = Callable[[Handler], Handler]


class Routes(Blueprint):
    """A blueprint that knows how its errors are to be told."""

    def __init__(
        self, import_name: str, *, json: bool = False, authorizer: Authorizer | None = None
    ) -> None:
        """Speak `json` everywhere; let API Gateway ask `authorizer` before each call."""
        super().__init__(import_name)
        self._json = json
        self._authorizer = authorizer

    def get(self, path: str, *, json: bool = False) -> Declare:
        """Declare a page, or with `json` an answer for programs; it must change nothing."""
        return self._declare("GET", path, json=json)

    def post(self, path: str, *, json: bool = False) -> Declare:
        """Declare a change made by a form, or with `json` by a program."""
        return self._declare("POST", path, json=json)

    def _declare(self, method: str, path: str, *, json: bool) -> Declare:
        if method == "GET" and not (json or self._json):
            languages.READABLE.add(path)

        def declared(handler: Handler) -> Handler:
            wrapped = self._answering(handler, path, json=json or self._json)
            # No content types: Chalice's own check repeats what was sent, the parser's does not.
            self.route(path, methods=[method], content_types=[], authorizer=self._authorizer)(
                wrapped
            )
            return handler

        return declared

    def _answering(self, handler: Handler, path: str, *, json: bool) -> Handler:
        @wraps(handler)
        def answering(**parameters: str) -> Response:
            request = self.current_request
            token = requests.CURRENT.set(request)
            try:
                with language.speaking(languages.wished(request)):
                    response = answered(
                        path, for_programs=json, answer=lambda: checked(handler, parameters)
                    )
                return languages.remember(request, response)
            finally:
                requests.CURRENT.reset(token)

        return answering


def checked(handler: Handler, parameters: dict[str, str]) -> Response:
    """Call the handler unless the address or the sender cannot be ours."""
    if not all(PARAMETER.fullmatch(value) for value in parameters.values()):
        raise NotFound
    request = requests.current()
    if request.method == "POST" and requests.from_elsewhere(request):
        raise WrongFormToken
    response = handler(**parameters)
    for value in response.headers.values():
        refuse_split(value)
    return response


def refuse_split(value: object) -> None:
    """Stop a line end in a header: Chalice lets a lone CR and any list through."""
    values = value if isinstance(value, list) else [value]
    if any({"\r", "\n"} & set(str(one)) for one in values):
        raise SightlineError


def json_response(
    content: Any,  # noqa: ANN401 - any value msgspec can write
    *,
    status: int = 200,
    content_type: str = "application/json",
) -> Response:
    """Answer a program; written here because what Chalice cannot write becomes a 502."""
    body = msgspec.json.encode(content).decode()
    return Response(body, headers={**HEADERS, "Content-Type": content_type}, status_code=status)
