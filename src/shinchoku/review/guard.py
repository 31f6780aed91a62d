"""Every request in; those of the page that this server gave out, and of nobody else, through."""

import hmac
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shinchoku.settings import BODY_BYTES

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


TOO_LARGE = 413, "the request is too large"
"""What is answered to a body of more than BODY_BYTES."""


class Guard:
    """Lets a request through whose address begins with the token, whose Host is one of `hosts` and, where it
    writes, whose Origin is this server and whose body is small JSON; refuses all others."""

    def __init__(self, app: ASGIApp, token: str, hosts: Iterable[str]) -> None:
        self.app, self.token, self.hosts = app, token, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        status, reason = self._refusal(scope)
        if status:
            await PlainTextResponse(reason, status)(scope, receive, _with_headers(send))
            return
        inner = dict(scope) | {"path": scope["path"][len(self.token) + 1 :] or "/"}
        await self.app(inner, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self.hosts:
            return 421, "this server answers under its own address alone"
        given = scope["path"].split("/")[1]
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return 403, "open the address that the command printed"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "asked by another site"
        if scope["method"] in ("GET", "HEAD"):
            return 0, ""
        if headers.get("origin") != f"http://{host}":
            return 403, "asked by another site"
        if headers.get("content-type", "").split(";")[0] != "application/json":
            return 415, "the request must be JSON"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > BODY_BYTES:
            return TOO_LARGE
        return 0, ""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *HEADERS]
        await send(message)

    return sending
