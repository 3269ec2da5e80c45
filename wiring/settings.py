"""Every setting, typed, read once from the environment or .env, and checked at start."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The names are those of .env.example."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True)

    database_url: str = f"sqlite:///{ROOT / 'var' / 'acs.sqlite'}"
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_proxies: str = ""
    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_api_base: str = ""
    twilio_number: str = "+15550100000"
    twilio_workspace_sid: str = ""
    twilio_workflow_sid: str = ""
    bot_port: int = 5005
    bot_url: str = Field("", validation_alias=AliasChoices("BOT_URL", "RASA_URL"))
    bot_store: Path = ROOT / "var" / "bot.sqlite"
    bot_keep_days: int = 90
    second_ear: bool = True
    actions_port: int = 5055
    actions_url: str = Field("", validation_alias=AliasChoices("ACTIONS_URL", "ACTION_URL"))
    log_dir: Path = ROOT / "var" / "log"
    widget_origins: str = ""
    voice_mode: Literal["gather", "relay"] = "gather"
    acs_today: date | None = None
    acs_secret: SecretStr = SecretStr("")
    acs_secret_old: SecretStr = SecretStr("")
    retention_days: int = Field(365, ge=1)
    operator: str = "ACS Line demonstration"
    demo: bool = Field(True, validation_alias=AliasChoices("ACS_DEMO", "DEMO"))
    pretend_port: int = 8090
    pretend_letters_a_second: float = Field(40.0, gt=0)

    @field_validator("twilio_api_base", "public_url", "bot_url", "actions_url")
    @classmethod
    def _no_slash_at_the_end(cls, value: str) -> str:
        return value.rstrip("/")

    @model_validator(mode="after")
    def _fill_addresses(self) -> Settings:
        self.public_url = self.public_url or f"http://127.0.0.1:{self.port}"
        self.bot_url = self.bot_url or f"http://127.0.0.1:{self.bot_port}"
        self.actions_url = self.actions_url or f"http://127.0.0.1:{self.actions_port}"
        return self

    @property
    def widget_sites(self) -> frozenset[str]:
        """Origins of pages that may embed the chat."""
        return frozenset(one.strip().rstrip("/") for one in self.widget_origins.split(",") if one.strip())

    @field_validator("widget_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        for one in filter(None, (part.strip() for part in value.split(","))):
            parts = urlsplit(one)
            if parts.scheme not in ("https", "http") or not parts.netloc or parts.path not in ("", "/"):
                raise ValueError(
                    f"'{one}' is not an origin; write it as https://www.example.org, comma between two"
                )
        return value

    @property
    def twilio_configured(self) -> bool:
        """Whether there is a Twilio account (or a stand-in for one) to talk to."""
        return bool(self.twilio_account_sid and self.twilio_auth_token.get_secret_value())

    def today(self) -> date:
        """The business date of the rules: ACS_TODAY, or today in New York."""
        return self.acs_today or datetime.now(ZoneInfo("America/New_York")).date()


@lru_cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
