"""LiteLLM's proxy for comparison, in an environment of its own that is made once (pinned).

Without a database: the engine of that mode is downloaded at run time. So it keeps no log, no budgets and no keys but
the one of its master, and does less than what it is compared with.
"""

import compileall
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from bench.servers import ROOT

PLACE: Final = ROOT / ".cache" / "bench-litellm"
PYTHON: Final = PLACE / "bin" / "python"
PACKAGES: Final = ("litellm[proxy]==1.108.7",)
KEY: Final = "sk-bench-master"
# It would otherwise fetch its price list, and tell its makers that it runs.
ENVIRONMENT: Final[dict[str, str]] = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_TELEMETRY": "False",
    "LITELLM_LOG": "ERROR",
}


def set_up() -> bool:
    """Make the environment if it is not there; False, said on stderr, where its packages can't be had."""
    done = PLACE / "ready"
    if done.exists() and done.read_text() == " ".join(PACKAGES):
        return True
    print("Installing LiteLLM's proxy into .cache/bench-litellm, once…", file=sys.stderr)
    commands = [
        [sys.executable, "-m", "venv", "--clear", str(PLACE)],
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
    ]
    for command in commands:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
        if ran.returncode != 0:
            print(f"LiteLLM is left out: {ran.stderr.strip()[-500:]}", file=sys.stderr)
            return False
    # What is not compiled it would compile anew at every request that imports.
    compileall.compile_dir(str(PLACE / "lib"), quiet=2, workers=2)
    done.write_text(" ".join(PACKAGES))
    return True


def command(folder: Path, port: int, upstream: str, model: str) -> list[str]:
    """What starts it with one worker before ``upstream``."""
    config = {
        "model_list": [
            {
                "model_name": model,
                "litellm_params": {"model": f"openai/{model}", "api_base": upstream, "api_key": "none"},
            }
        ],
        "general_settings": {"master_key": KEY},
        "litellm_settings": {"request_timeout": 300, "num_retries": 0},
    }
    file = folder / "config.yaml"
    file.write_text(json.dumps(config))  # JSON is YAML
    options = ["--config", str(file), "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    return [str(PLACE / "bin" / "litellm"), *options]
