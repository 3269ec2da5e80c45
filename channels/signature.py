"""Is it really Twilio who knocks? The official check, on the URL we gave out, never the one we were told."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator, get_signature_algorithm

HEADER = "X-Twilio-Signature"
SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"
Items = Iterable[tuple[str, str]]


def outer_url(public_url: str, path: str, query: str = "") -> str:
    """The URL Twilio signed: PUBLIC_URL, the path as it came (still encoded) and the query as it came."""
    return public_url.rstrip("/") + path + (f"?{query}" if query else "")


def socket_url(public_url: str, path: str) -> str:
    """The same for a WebSocket: Twilio signs wss:// (ws:// where PUBLIC_URL is http)."""
    scheme, _, rest = public_url.rstrip("/").partition("://")
    return ("wss://" if scheme == "https" else "ws://") + rest + path


def genuine(
    url: str, items: Items, signature: str | None, tokens: Sequence[str] | str, *, settings: str = ""
) -> bool:
    """Whether a form post is Twilio's. `items` are the form's pairs as they came, empty ones too.

    A key that comes twice is refused: what a dict keeps of it need not be what was signed. `tokens` may be
    two while the auth token is being changed. `settings` is the header that names another algorithm.
    """
    pairs = list(items)
    fields = dict(pairs)
    if len(fields) != len(pairs) or not all(isinstance(value, str) for value in fields.values()):
        return False
    return _signed(url, fields, signature, tokens, settings)


def genuine_json(url: str, body: bytes, signature: str | None, tokens: Sequence[str] | str) -> bool:
    """Whether a JSON post is Twilio's: the URL carries the body's hash and is itself signed."""
    named = parse_qs(urlsplit(url).query).get("bodySHA256", [])
    if len(named) != 1 or not hmac.compare_digest(named[0].lower(), hashlib.sha256(body).hexdigest()):
        return False
    return _signed(url, {}, signature, tokens)


def genuine_socket(url: str, signature: str | None, tokens: Sequence[str] | str) -> bool:
    """Whether a WebSocket upgrade is Twilio's; `url` is the wss:// URL, without a body."""
    return urlsplit(url).scheme in {"wss", "ws"} and _signed(url, {}, signature, tokens)


def sign(url: str, fields: dict[str, str], token: str) -> str:
    """The signature Twilio would send; for tests and for the pretend Twilio."""
    return str(RequestValidator(token).compute_signature(url, fields))


def _signed(
    url: str, fields: dict[str, str], signature: str | None, tokens: Sequence[str] | str, settings: str = ""
) -> bool:
    keys = [tokens] if isinstance(tokens, str) else list(tokens)
    if not signature or not any(keys):
        return False
    algorithm = get_signature_algorithm(settings)
    return any(
        key and RequestValidator(key).validate(url, fields, signature, algorithm=algorithm) for key in keys
    )
