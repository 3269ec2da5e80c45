"""`make run`: train if need be, make the database, load the demo, start everything, print where to go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from rich.console import Console

from store.crypto import use_secret
from store.db import Database
from store.migrate import upgrade
from wiring.cases import import_files
from wiring.processes import Helper, Line, StartError, demand_free
from wiring.secrets import key_for, the_secret, the_secrets
from wiring.settings import ROOT, Settings
from wiring.users import ensure_user

screen = Console(stderr=True)
BOT_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
DEMO = ROOT / "demo"


def train(force: bool = False) -> None:
    """Trains the dialogue model when its sources changed; SystemExit with the trainer's code when it fails."""
    command = [str(BOT_PYTHON), "-m", "bot.train", *(["--force"] if force else [])]
    done = subprocess.run(command, cwd=ROOT, env=_bot_env(), check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


BIG_PAGES = "glibc.malloc.hugetlb=1"
"""The encoders' forty megabytes are read in every turn; in pages of two megabytes that takes a third less time."""


def _bot_env() -> dict[str, str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    env.setdefault("GLIBC_TUNABLES", BIG_PAGES)
    return env


def database(settings: Settings) -> Database:
    """The database of the settings, brought up to date, ready to open what is encrypted."""
    use_secret(*the_secrets(settings))
    opened = Database(settings.database_url)
    upgrade(opened)
    return opened


def prepare(settings: Settings, demo: bool) -> str | None:
    """Brings the database up to date and loads the demo. Gives the demo agent's password, if there is one."""
    opened = database(settings)
    if not demo:
        return None
    import_files(opened, sorted(DEMO.rglob("*.yml")))
    password = key_for(the_secret(settings), "demo agent")[:16]
    for name in ("agent", "supervisor"):
        ensure_user(opened, name, password, name)
    return password


def helpers(settings: Settings, pretend: bool) -> list[Helper]:
    """The processes of the line, in the order they are waited for."""
    env = _shared_env(settings, pretend)
    here = str(Path(sys.executable))
    found = [
        Helper(
            "actions",
            [here, "-m", "wiring.serve_actions"],
            f"http://127.0.0.1:{settings.actions_port}/health",
            env,
        ),
        Helper(
            "gateway", [here, "-m", "wiring.serve_gateway"], f"http://127.0.0.1:{settings.port}/healthz", env
        ),
        Helper(
            "bot",
            [str(BOT_PYTHON), "-m", "bot.serve"],
            f"http://127.0.0.1:{settings.bot_port}/health",
            {**_bot_env(), **env},
        ),
    ]
    if pretend:
        command = [here, "-m", "pretend_twilio", "--port", str(settings.pretend_port)]
        command += ["--app", settings.public_url, "--number", settings.twilio_number]
        command += ["--letters-a-second", str(settings.pretend_letters_a_second)]
        found.insert(
            0, Helper("pretend-twilio", command, f"http://127.0.0.1:{settings.pretend_port}/phone", env)
        )
    return found


def _shared_env(settings: Settings, pretend: bool) -> dict[str, str]:
    secret = the_secret(settings)
    env = {
        "ACS_SECRET": secret,
        "ACS_BOT_SECRET": key_for(secret, "bot"),
        "ACS_BOT_SECRET_OLD": bot_secret_old(settings),
        "DATABASE_URL": settings.database_url,
        "PUBLIC_URL": settings.public_url,
        "PORT": str(settings.port),
        "BOT_PORT": str(settings.bot_port),
        "BOT_URL": settings.bot_url,
        "ACTIONS_PORT": str(settings.actions_port),
        "ACTIONS_URL": settings.actions_url,
        "BOT_STORE": str(settings.bot_store),
        "BOT_KEEP_DAYS": str(settings.bot_keep_days),
        "LOG_DIR": str(settings.log_dir),
    }
    if pretend:
        env |= {
            "TWILIO_ACCOUNT_SID": "AC" + key_for(secret, "pretend account")[:32],
            "TWILIO_AUTH_TOKEN": key_for(secret, "pretend token")[:32],
            "TWILIO_API_BASE": f"http://127.0.0.1:{settings.pretend_port}",
            "TWILIO_NUMBER": settings.twilio_number,
        }
    return env


def bot_secret_old(settings: Settings) -> str:
    """What the bot's ledger may still be sealed with; "" when the secret was not changed."""
    return "".join(key_for(secret, "bot") for secret in the_secrets(settings)[1:])


def run(settings: Settings, *, demo: bool) -> None:
    """Starts the line and stays until Ctrl-C or SIGTERM."""
    pretend = demo and not settings.twilio_configured
    ports = {"PORT": settings.port, "BOT_PORT": settings.bot_port, "ACTIONS_PORT": settings.actions_port}
    if pretend:
        ports["PRETEND_PORT"] = settings.pretend_port
    line: Line | None = None
    try:
        demand_free(ports)
        train()
        password = prepare(settings, demo)
        line = Line(helpers(settings, pretend), settings.log_dir)
        with screen.status("Starting the line ...") as status:
            line.start(lambda name: status.update(f"Starting: {name} ..."))
        _say_where(settings, pretend, password)
        _stay(line)
    except StartError as trouble:
        screen.print(f"[red]{trouble}[/red]")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        pass
    finally:
        if line is not None:
            line.stop()
    screen.print("The line is stopped.")


def _stay(line: Line) -> None:
    def leave(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    # A script's background job is started deaf to Ctrl-C.
    signal.signal(signal.SIGINT, leave)
    while True:
        time.sleep(0.5)
        line.watch()


def _say_where(settings: Settings, pretend: bool, password: str | None) -> None:
    out = Console(soft_wrap=True)
    out.print("\nACS Line is running.", style="bold")
    out.print(f"  chat page      {settings.public_url}/chat")
    if password:
        out.print(f"  agent console  {settings.public_url}/console   sign in as agent, password {password}")
        out.print("  demo people    demo/README.md (who they are and how they prove it)")
    else:
        out.print(f"  agent console  {settings.public_url}/console")
    if pretend:
        out.print(f"  pretend phone  http://127.0.0.1:{settings.pretend_port}/phone   (or: make phone)")
    out.print("  Ctrl-C stops it.\n")
