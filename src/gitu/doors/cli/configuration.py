"""``gitu config``: every problem of the settings in one line, and where each setting in force comes from."""

import os
import tomllib
from dataclasses import dataclass
from typing import Any

from dotenv import dotenv_values
from pydantic import AliasChoices, SecretStr, ValidationError

from gitu.doors.cli import output
from gitu.doors.cli.language import language, say
from gitu.kernel.settings import LOOPBACK, PREFIX, Settings, config_file, setting_problems, unknown_settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem; a warning leaves Gitu able to start."""

    setting: str
    sentence: str
    warning: bool = False


def findings() -> list[Finding]:
    """Everything that is wrong with the settings."""
    found = [Finding("", sentence, warning=True) for sentence in unknown_settings()]
    try:
        settings = Settings()
    except ValidationError as error:
        problems = setting_problems(error)
        return found + [Finding(problem.path, problem.localised(language())) for problem in problems]
    except tomllib.TOMLDecodeError as error:
        return [*found, Finding("config.toml", say("cli-config-no-toml", file=config_file(), reason=error))]
    except OSError as error:
        return [*found, Finding("config.toml", f"{config_file()}: {error.strerror}")]
    if settings.host not in LOOPBACK and settings.public_url is None:
        found.append(Finding("public_url", say("cli-config-public-url", host=settings.host)))
    if settings.database_url and not settings.database_url.get_secret_value().startswith("postgres"):
        found.append(Finding("database_url", say("cli-config-database-url")))
    return found


def check(*, as_json: bool) -> int:
    """Print the problems; 1 when there is one that keeps Gitu from starting."""
    found = findings()
    failed = any(not finding.warning for finding in found)
    if as_json:
        problems = [{"setting": f.setting, "message": f.sentence, "warning": f.warning} for f in found]
        output.as_json({"ok": not failed, "problems": problems})
        return int(failed)
    for finding in found:
        mark = "!" if finding.warning else "✗"
        output.line(f"{mark} {finding.setting + ': ' if finding.setting else ''}{finding.sentence}")
    if not found:
        output.line("✓ " + say("cli-config-good"))
    return int(failed)


def show(*, as_json: bool) -> int:
    """Print every setting in force, secrets masked, with where its value comes from."""
    settings = Settings()
    sources = _sources()
    rows: list[dict[str, Any]] = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        masked = "••••" if isinstance(value, SecretStr) else value
        shown = masked if isinstance(masked, int | float | bool | None) else str(masked)
        rows.append(
            {
                "setting": name,
                "value": shown,
                "from": sources.get(name, "default"),
                "about": field.description,
            }
        )
    if as_json:
        output.as_json({"items": rows})
    else:
        output.table(rows)
    return 0


def _sources() -> dict[str, str]:
    """Setting → where it is given, the strongest source last."""
    sources: dict[str, str] = {}
    if config_file().exists():
        with config_file().open("rb") as file:
            sources |= dict.fromkeys(tomllib.load(file), str(config_file()))
    given = {name.upper(): ".env" for name, value in dotenv_values(".env").items() if value is not None}
    given |= {name.upper(): f"environment ({name})" for name in os.environ}
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [PREFIX + name]
        for variable in reversed(names):
            if str(variable).upper() in given:
                sources[name] = given[str(variable).upper()]
    return sources
