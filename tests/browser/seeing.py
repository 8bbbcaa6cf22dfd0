"""What a page is expected to show, looked for ten times a second.

Playwright's own assertions look twice a second once a quarter of one has passed; over a suite that is minutes.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast, overload

from playwright.sync_api import Locator, Page
from playwright.sync_api import expect as expect_once

if TYPE_CHECKING:
    from playwright.sync_api._generated import LocatorAssertions, PageAssertions

PATIENCE_MS = 20_000
# With less than two and a half seconds in hand it keeps its pace of ten looks a second.
STRETCH_MS = 2_400


class _Patient:
    """Assertions in short stretches, until they hold or the time is over."""

    def __init__(self, assertions: object) -> None:
        self._assertions = assertions

    def __getattr__(self, name: str) -> Callable[..., None]:
        check: Callable[..., None] = getattr(self._assertions, name)

        def patiently(*wanted: Any, timeout: float = PATIENCE_MS, **more: Any) -> None:  # Any: as each check takes it
            __tracebackhide__ = True
            end = time.monotonic() + timeout / 1000
            while True:
                left = (end - time.monotonic()) * 1000
                try:
                    return check(*wanted, timeout=max(1, min(STRETCH_MS, left)), **more)
                except AssertionError:
                    if left <= STRETCH_MS:
                        raise

        return patiently


@overload
def expect(actual: Locator) -> "LocatorAssertions": ...
@overload
def expect(actual: Page) -> "PageAssertions": ...
def expect(actual: Locator | Page) -> "LocatorAssertions | PageAssertions":
    """As Playwright's, with its errors; in all it waits as long."""
    return cast("LocatorAssertions | PageAssertions", _Patient(expect_once(actual)))
