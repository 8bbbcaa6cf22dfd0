"""What a device is called in the list of signed-in devices, from what it says of itself."""

from dataclasses import replace

from starlette.requests import Request

from gitu.kernel.actions.execute import Call

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def describe(request: Request, call: Call) -> Call:
    """The call with the device's name and kind: ``Firefox · Linux``, ``Terminal · host``."""
    agent = request.headers.get("user-agent", "")
    if agent.startswith("gitu-cli"):
        _, _, host = agent.partition(" ")
        origin = {"device_name": f"Terminal · {host.strip()[:60] or 'unknown'}", "device_kind": "terminal"}
    else:
        browser = next((name for mark, name in _BROWSERS if mark in agent), "Browser")
        system = next((name for mark, name in _SYSTEMS if mark in agent), "")
        origin = {"device_name": f"{browser} · {system}" if system else browser, "device_kind": "browser"}
    return replace(call, origin=origin)
