"""``python -m gitu.features.sandbox.probe [locale]``: whether commands can be confined here, one line of JSON.

For ``gitu doctor``, whose program imports no feature.
"""

import asyncio
import logging
import sys

import structlog

from gitu.features.sandbox.choice import check
from gitu.kernel.settings import load


def main() -> None:
    """Try it, as the settings have it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    settings = load()
    found = asyncio.run(check(settings.sandbox, settings.sandbox_image, sys.argv[1] if len(sys.argv) > 1 else "en"))
    sys.stdout.write(found.model_dump_json() + "\n")


if __name__ == "__main__":
    main()
