"""One typed object of settings, from the environment, ``.env`` and ``config.toml`` in the home folder.

Environment variables are the field names in capitals behind ``GITU_``; ``DATABASE_URL`` and ``REDIS_URL``
count too. What is unknown is ignored with a warning that names the nearest known setting.
"""

import contextlib
import difflib
import os
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.sources import DotEnvSettingsSource, TomlConfigSettingsSource

from gitu.kernel.errors import FieldProblem, GituError, Summary
from gitu.kernel.i18n import Unfit, Words
from gitu.kernel.i18n.findings import words_of
from gitu.kernel.storage.paths import default_home

PREFIX = "GITU_"
SETUP_ONLY = frozenset(
    {"owner", "owner_name", "owner_password", "owner_language", "owner_time_zone"}
    | {"model", "model_provider", "model_url", "model_key"}
    | {"node_key", "node_upstream_key"}
)
"""Read by ``gitu setup`` and ``gitu node`` alone; they may stand in the server's environment too."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsInvalid(GituError):
    code = "settings.invalid"
    title = "A setting does not fit"
    text = "{$summary}"


class Settings(BaseSettings):
    """Everything an operator can set. Each field's description is its documentation."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", frozen=True, populate_by_name=True)

    home: Path = Field(default_factory=default_home, description="Folder for data, keys, logs and the database.")
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("GITU_DATABASE_URL", "DATABASE_URL", "database_url"),
        description="Your own PostgreSQL 15 or newer; without it Gitu runs one itself.",
    )
    redis_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("GITU_REDIS_URL", "REDIS_URL", "redis_url"),
        description="Redis for a cache that several processes share; without it each has its own.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on; the next free one if taken.")
    public_url: str | None = Field(
        default=None, description="The address people open; needed to listen beyond this machine."
    )
    master_keys: SecretStr | None = Field(
        default=None,
        description="Encryption keys as id:base64, comma-separated, the first in use; else a file.",
    )
    openid_issuer: str | None = Field(
        default=None, description="OpenID provider that people sign in with (its issuer)."
    )
    openid_client_id: str | None = Field(default=None, description="What the OpenID provider calls this Gitu.")
    openid_client_secret: SecretStr | None = Field(default=None, description="The secret it has given, if any.")
    openid_name: str = Field(default="OpenID", description="What the button to sign in with it says.")
    max_body_bytes: int = Field(default=2_000_000, ge=1_000, description="Largest request body taken.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least level logged.")
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto", description="How log lines look; auto is console in a terminal, JSON elsewhere."
    )
    otlp_endpoint: str | None = Field(default=None, description="Where traces go (OpenTelemetry, HTTP).")
    session_idle_hours: int = Field(default=72, ge=1, description="Idle conversations are ended after so long.")
    model_timeout_s: float = Field(default=120, gt=0, description="Longest silence of a model before giving up.")
    gateway_requests_per_minute: int = Field(
        default=60, ge=1, le=10_000_000, description="Requests a minute that each key may make at /v1 by default."
    )
    node_check_s: float = Field(
        default=0.75, ge=0.2, le=60, description="Seconds between two looks at each inference node."
    )
    node_timeout_s: float = Field(
        default=0.4, ge=0.05, le=10, description="How long a node may take to connect, and to say how it is."
    )
    models_cache: Literal["auto", "memory", "off"] = Field(
        default="auto", description="Where answers of models are kept; auto is Redis where it is set, else memory."
    )
    models_cache_hours: int = Field(default=1, ge=1, le=720, description="Hours for which an answer is kept.")
    models_cache_entries: int = Field(default=10_000, ge=1, description="Most answers kept in a process's memory.")
    models_cache_bytes: int = Field(
        default=16_000_000, ge=100_000, description="Most bytes of answers kept in a process's memory."
    )
    approval_wait_s: float = Field(
        default=300, ge=0, le=3_600, description="How long an answer waits for your yes or no before it ends."
    )
    sandbox: Literal["auto", "bubblewrap", "docker", "podman", "off"] = Field(
        default="auto", description="What confines commands; auto takes the first that works, off refuses commands."
    )
    sandbox_image: str = Field(
        default="docker.io/library/python:3-slim", description="Image for sandboxes of Docker and podman."
    )
    sandboxes: int = Field(default=16, ge=1, description="Most sandboxes at once.")
    sandboxes_per_person: int = Field(default=4, ge=1, description="Most sandboxes of one person at once.")
    sandbox_idle_minutes: int = Field(default=15, ge=1, description="Idle sandboxes are ended after so long.")
    shell_unsandboxed: bool = Field(
        default=False, description="Whether admins may run commands outside of the sandbox, with Gitu's own rights."
    )
    discover_models: bool = Field(default=True, description="Look for keys and local model servers and offer them.")
    keep_events_days: int = Field(
        default=7, ge=1, le=365, description="Days for which what happened is kept for open windows and repeated calls."
    )
    keep_approvals_days: int = Field(
        default=365, ge=1, description="Days for which requests for approval and revoked permissions are kept."
    )
    keep_usage_days: int = Field(
        default=730, ge=1, description="Days for which calls of models are kept, with tokens and cost."
    )
    keep_node_log_days: int = Field(
        default=30, ge=1, le=3650, description="Days for which the latency and throughput of nodes are kept."
    )
    keep_commands_days: int = Field(
        default=30, ge=1, description="Days for which commands and what they wrote are kept."
    )
    keep_exports_hours: int = Field(
        default=48, ge=1, le=720, description="Hours for which an export of a person's data can be downloaded."
    )
    keep_erasure_reports_days: int = Field(
        default=1095, ge=1, description="Days for which the report of an erasure is kept, without a name."
    )
    files_undo_days: int = Field(
        default=7, ge=1, le=365, description="Days for which a change of a file can be undone."
    )
    files_undo_bytes: int = Field(
        default=1_000_000_000, ge=0, description="Most bytes of former contents kept for each person."
    )
    files_workspace_bytes: int = Field(
        default=1_000_000_000, ge=1_000_000, description="Most bytes that a person's own workspace may hold."
    )

    @field_validator("public_url")
    @classmethod
    def _absolute(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Unfit("field-absolute-url")
        return value.rstrip("/")

    @field_validator("home")
    @classmethod
    def _expanded(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @cached_property
    def loopback_only(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What wins: arguments, environment, ``.env`` here, ``config.toml`` in the home folder."""
        return (
            init_settings,
            env_settings,
            DotEnvSettingsSource(settings_cls, env_file=".env"),
            TomlConfigSettingsSource(settings_cls, toml_file=config_file()),
        )


def config_file() -> Path:
    """``config.toml`` of the home folder that the environment names."""
    return default_home() / "config.toml"


def load(**overrides: Any) -> Settings:  # Any: each setting has its own type
    """The settings in force. Raises SettingsInvalid naming every one that does not fit."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsInvalid(summary=Summary(setting_problems(error))) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsInvalid(summary=Words("settings-not-toml", file=config_file(), reason=error)) from None


def setting_problems(error: ValidationError) -> list[FieldProblem]:
    """What is wrong with the settings, each named as in ``config.toml``."""
    return [
        FieldProblem.told(".".join(map(str, item["loc"])).lower().removeprefix(PREFIX.lower()), words_of(item))
        for item in error.errors(include_url=False, include_input=False)
    ]


def unknown_settings() -> list[str]:
    """One sentence for every setting that nobody reads, with the nearest known name."""
    known = set(Settings.model_fields)
    found = {name: f"environment variable {name}" for name in os.environ if name.startswith(PREFIX)}
    if config_file().exists():
        with config_file().open("rb") as file, contextlib.suppress(tomllib.TOMLDecodeError):
            found |= {key: f"{key} in {config_file()}" for key in tomllib.load(file)}
    warnings: list[str] = []
    for name, where in sorted(found.items()):
        key = name.removeprefix(PREFIX).lower()
        if key not in known and not (name.startswith(PREFIX) and key in SETUP_ONLY):
            nearest = difflib.get_close_matches(key, known, n=1, cutoff=0.4)
            hint = f"did you mean {PREFIX}{nearest[0].upper()}?" if nearest else "see `gitu config check`."
            warnings.append(f"Unknown {where} is ignored; {hint}")
    return warnings
