"""How soon a screen is there: largest contentful paint, blocked time and shifts, in a real browser."""

import json
import os
import shutil
import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, ViewportSize, sync_playwright

from bench.figures import Section
from bench.servers import LOGIN, PASSWORD, ROOT, Gitu

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
STATIC = ROOT / "src" / "gitu" / "doors" / "http" / "static" / "index.html"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG_TASK_MS = 50.0
LIMIT_MS = 60_000
QUIET_MS = 1_000  # nothing painted late, shifted or blocked for so long: the screen has settled
_OBSERVE = """
window.seen = {lcp: 0, what: '', fcp: 0, shift: 0, tasks: [], last: 0};
const watch = (type, note) => new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) { note(entry); seen.last = performance.now(); }
}).observe({type, buffered: true});
watch('largest-contentful-paint', (e) => { seen.lcp = e.startTime; seen.what = e.element?.tagName ?? ''; });
watch('paint', (e) => { if (e.name === 'first-contentful-paint') seen.fcp = e.startTime; });
watch('layout-shift', (e) => { if (!e.hadRecentInput) seen.shift += e.value; });
watch('longtask', (e) => seen.tasks.push([e.startTime, e.duration]));
"""
_SETTLED = f"() => window.seen?.lcp > 0 && performance.now() - seen.last > {QUIET_MS}"


@dataclass(frozen=True, slots=True)
class Device:
    """What the page is opened on; ``slower`` divides the processor's speed, ``kbits`` is the line's, each second."""

    name: str
    size: ViewportSize
    lcp_goal_s: float
    slower: int = 1
    kbits: int = 0
    round_trip_ms: int = 0


DESKTOP = Device("desktop", {"width": 1280, "height": 800}, 1.0)
PHONE = Device("slow phone", {"width": 390, "height": 844}, 3.0, slower=4, kbits=1_600, round_trip_ms=150)


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page in a fresh profile: seconds, and the sum of its layout shifts."""

    first_paint_s: float
    largest_paint_s: float
    blocked_s: float
    shift: float


def screens(gitu: Gitu, rounds: int) -> Section:
    """The sign-in page and the chat, on a desktop and on a slow phone."""
    section = Section(
        "Screens in a browser",
        f"Debian's Chromium opens the built app from `gitu serve`, {rounds} times in a fresh profile, without the "
        "service worker. The phone is 390 pixels wide, its processor 4 times slower than this machine's, its line "
        "1.6 Mbit/s with 150 ms there and back (`Emulation.setCPUThrottlingRate`, "
        "`Network.emulateNetworkConditions`); the desktop has the machine's own speed. A `PerformanceObserver` "
        "reports the largest contentful paint (LCP), layout shifts (CLS, all summed) and tasks over 50 ms; the part "
        "of those beyond 50 ms after the first paint is the total blocking time (TBT). A page counts as settled "
        f"when none of these came for {QUIET_MS / 1000:g} s.",
    )
    if shutil.which(CHROMIUM) is None or not STATIC.exists():
        section.notes.append(f"Not measured: it takes the built web app (`make web`) and Chromium at {CHROMIUM}.")
        return section
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        signed_in = _sign_in(browser, gitu)
        pages = (("sign-in", "/sign-in", None), ("chat", "/", signed_in))
        for device in (DESKTOP, PHONE):
            for name, path, cookies in pages:
                visits = [_visit(browser, gitu.url + path, device, cookies) for _ in range(rounds)]
                where = f"{name}, {device.name}"
                section.add(f"{where}: first paint", [visit.first_paint_s for visit in visits], "s")
                largest = [visit.largest_paint_s for visit in visits]
                section.add(f"{where}: LCP", largest, "s", goal=device.lcp_goal_s)
                section.add(f"{where}: TBT", [visit.blocked_s for visit in visits], "s", goal=0.3)
                section.add(f"{where}: CLS", [visit.shift for visit in visits], "", goal=0.05)
        browser.close()
    return section


def _sign_in(browser: Browser, gitu: Gitu) -> Any:  # Any: Playwright's state of a profile
    profile = browser.new_context(service_workers="block")
    answer = profile.request.post(
        f"{gitu.url}/api/v1/auth/sign-in",
        data={"login": LOGIN, "password": PASSWORD},
        headers={"origin": gitu.url},
        timeout=LIMIT_MS,
    )
    if not answer.ok:
        raise RuntimeError(f"sign-in: {answer.status} {answer.text()[:500]}")
    state = profile.storage_state()
    profile.close()
    return state


def _visit(browser: Browser, url: str, device: Device, state: Any) -> Visit:  # Any: as above
    profile = browser.new_context(viewport=device.size, service_workers="block", locale="en", storage_state=state)
    page = profile.new_page()
    _slow_down(profile.new_cdp_session(page), device)
    page.add_init_script(_OBSERVE)
    page.goto(url, timeout=LIMIT_MS)
    page.wait_for_load_state("networkidle", timeout=LIMIT_MS)
    page.wait_for_function(_SETTLED, timeout=LIMIT_MS)
    seen = json.loads(page.evaluate("JSON.stringify(seen)"))
    profile.close()
    time.sleep(0.1)
    first = float(seen["fcp"])
    blocked = sum(max(0.0, begun + took - max(begun + LONG_TASK_MS, first)) for begun, took in seen["tasks"])
    return Visit(first / 1000, float(seen["lcp"]) / 1000, blocked / 1000, float(seen["shift"]))


def _slow_down(devtools: CDPSession, device: Device) -> None:
    if device.slower > 1:
        _tell(devtools, "Emulation.setCPUThrottlingRate", {"rate": device.slower})
    if device.kbits:
        speed = device.kbits * 1000 / 8
        line = {"downloadThroughput": speed, "uploadThroughput": speed, "latency": device.round_trip_ms}
        _tell(devtools, "Network.enable", {})
        _tell(devtools, "Network.emulateNetworkConditions", {"offline": False, **line})


def _tell(devtools: CDPSession, command: str, values: dict[str, Any]) -> None:  # Any: what the command takes
    devtools.send(command, values)  # pyright: ignore[reportUnknownMemberType] - its answer is not typed
