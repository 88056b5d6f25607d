"""Lets in only requests for this server by its own name, from its own page, with its token.

A page of another site must not read drafts or have them analysed: it cannot know the token, its ``Origin`` is refused,
and a name that it makes point to this machine (DNS rebinding) is no ``Host`` of ours.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attribution.serve.problems import problem

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine for itself."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""What pages may do: fetch from this server alone, and never make markup or scripts of a text."""

HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}

_NAME = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]/@\s]+)(?::\d+)?", re.IGNORECASE)


class Guard:
    """Refuses requests under another name, from other pages, or without the token; adds headers to every answer."""

    def __init__(self, app: ASGIApp, token: str, names: Collection[str], public: Collection[str]) -> None:
        """``names`` are those by which the server may be addressed, ``public`` the paths that need no token."""
        self._app = app
        self._token = token.encode()
        self._names = frozenset(name.lower() for name in names)
        self._public = frozenset(public)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope["path"], Headers(scope=scope))
        answer = self._app if refusal is None else problem(*refusal)
        await answer(scope, receive, send_guarded)

    def _refusal(self, path: str, headers: Headers) -> tuple[int, str] | tuple[int, str, dict[str, str]] | None:
        """Status, reason and headers with which a request is refused; None if it is not."""
        host = headers.get("host", "")
        named = _NAME.fullmatch(host)
        if named is None or named[1].lower() not in self._names:
            return 421, "this server is not addressed by this name; use the address that attrib serve has printed"
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in (f"http://{host.lower()}", f"https://{host.lower()}"):
            return 403, "requests from the pages of other servers are refused"
        if path in self._public:
            return None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), self._token):
            return None
        return (
            401,
            "the token is missing or wrong; send the header Authorization: Bearer and the token that attrib serve has "
            "printed behind #",
            {"www-authenticate": "Bearer"},
        )
