"""python -m pretend_twilio --port 8090 --app http://127.0.0.1:8000 --account AC... --token ..."""

from __future__ import annotations

import argparse
import os

import uvicorn
from starlette.applications import Starlette

from pretend_twilio.server import build
from pretend_twilio.transport import over_http
from pretend_twilio.world import Doors, World


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(
        "pretend_twilio", description="A stand-in for Twilio, with a phone page at /phone."
    )
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--app", default="http://127.0.0.1:8000", help="where webhooks are sent")
    parser.add_argument("--public-url", default="", help="the URL they are signed for (default: --app)")
    parser.add_argument("--account", default="", help="the account SID the app uses (or TWILIO_ACCOUNT_SID)")
    parser.add_argument(
        "--token", default="", help="its auth token (or TWILIO_AUTH_TOKEN, seen by fewer eyes)"
    )
    parser.add_argument("--number", action="append", help="a number of the line's (default +15550100000)")
    parser.add_argument(
        "--person", action="append", default=[], help="+15125550143=Ana, offered first on the page"
    )
    parser.add_argument(
        "--patience", type=float, default=6.0, help="how much longer than Twilio it waits for you"
    )
    parser.add_argument("--letters-a-second", type=float, default=40.0, help="how fast the line speaks")
    return parser


def make(args: argparse.Namespace) -> Starlette:
    """The server these options ask for."""
    public_url = args.public_url or args.app
    account = args.account or os.environ.get("TWILIO_ACCOUNT_SID", "")
    token = args.token or os.environ.get("TWILIO_AUTH_TOKEN", "")
    if not account or not token:
        raise SystemExit("Give --account and --token, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.")
    world = World(
        account,
        token,
        tuple(args.number or ["+15550100000"]),
        Doors.of(public_url),
        over_http(public_url, args.app),
        patience=args.patience,
        letters_a_second=args.letters_a_second,
    )
    people = dict(person.split("=", 1) for person in args.person if "=" in person)
    return build(world, people=people)


def main() -> None:
    """Serves until stopped."""
    args = options().parse_args()
    print(f"Pretend Twilio: phone page at http://{args.host}:{args.port}/phone", flush=True)
    uvicorn.run(make(args), host=args.host, port=args.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
