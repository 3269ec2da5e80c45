"""How the official client reaches Twilio: five seconds, no retries of its own, and no words in any log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from urllib3.exceptions import NewConnectionError

from channels.errors import NotReached, PhonesError, UnknownOutcome
from channels.twilio_codes import error_for

TIMEOUT = 5.0
TWILIO = re.compile(r"https://([a-z]+)(?:\.[a-z0-9-]+){0,2}\.twilio\.com(?=/)")

# The official client writes every request with its body at debug level; bodies are people's words.
SILENT = logging.Logger("twilio-silent", level=logging.CRITICAL + 1)


class TwilioHttp(TwilioHttpClient):  # type: ignore[misc]
    """The official HTTP client, sent to another base when TWILIO_API_BASE is set.

    `https://api.twilio.com/2010-04-01/...` becomes `$TWILIO_API_BASE/api/2010-04-01/...`, and so for every
    sub-domain. An address that is neither Twilio's nor under the base is refused: the account's token goes
    along with every request.
    """

    def __init__(self, base: str = "", *, timeout: float = TIMEOUT) -> None:
        super().__init__(timeout=timeout, logger=SILENT)
        self.base = base.rstrip("/")

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, address(url, self.base), *args, **kwargs)


def address(url: str, base: str) -> str:
    """Where a request for `url` really goes."""
    if base and url.startswith(base + "/"):
        return url
    found = TWILIO.match(url)
    if not found:
        raise NotReached("An address that is not Twilio's was not asked.", retryable=False)
    return url if not base else f"{base}/{found[1]}{url[found.end() :]}"


@contextmanager
def asking(*, reads: bool = False) -> Iterator[None]:
    """Around every request: whatever goes wrong becomes one of our errors. `reads`: it changes nothing."""
    try:
        yield
    except PhonesError:
        raise
    except TwilioRestException as error:
        raise error_for(error.status, error.code, error.msg, reads=reads) from None
    except TwilioServiceException as error:
        raise error_for(error.status, error.code, error.title, reads=reads) from None
    except requests.ConnectionError as error:
        if isinstance(error, requests.ConnectTimeout) or _never_connected(error):
            raise NotReached("Twilio could not be reached.", retryable=True) from None
        raise UnknownOutcome("The connection to Twilio broke.", retryable=reads) from None
    except requests.RequestException:
        raise UnknownOutcome("Twilio did not answer in time.", retryable=reads) from None
    except (TwilioException, ValueError, KeyError, TypeError, AttributeError):
        raise UnknownOutcome("Twilio's answer could not be read.", retryable=reads) from None


def _never_connected(error: requests.ConnectionError) -> bool:
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)
