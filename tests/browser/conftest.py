"""The built web app in Chromium: fresh programs for first runs, and a house in use for everything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.house import Window, house, open_window
from tests.browser.program import CHROMIUM, DESKTOP, QUIET, STATIC, Program, start_program
from tests.browser.seeing import PATIENCE_MS
from tests.servers.base import ModelServer
from tests.servers.openai_compatible import OpenAICompatible
from tests.servers.script import Script
from tests.support.postgres import open_folder
from tests.support.terminal import Installation

__all__ = ["browser", "context", "fresh", "house", "model", "open_window", "program", "window"]


@pytest.fixture
def program(database_url: str) -> Iterator[Program]:
    """The program over an empty database, with no owner yet."""
    assert STATIC.exists(), "The web app is not built; run `make web`."
    running = start_program(open_folder(), database_url)
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)


@pytest.fixture
def fresh(tmp_path: Path) -> Installation:
    """A terminal of a machine on which nothing was set up."""
    return Installation(tmp_path)


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A model's server that the tests script."""
    with ModelServer(OpenAICompatible(), Script()) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the worker; every test gets a profile of its own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on a desktop screen."""
    profile = browser.new_context(viewport=DESKTOP, service_workers="block", locale="en")
    profile.set_default_timeout(PATIENCE_MS)
    yield profile
    profile.close()


@pytest.fixture
def window(context: BrowserContext) -> Iterator[Window]:
    """A page in which no script may fail."""
    opened = Window(context.new_page())
    yield opened
    assert opened.errors == []
