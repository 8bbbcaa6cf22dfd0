"""What a browser fetches of the web app."""

import json
import shutil
import subprocess

from bench.figures import Section
from bench.servers import ROOT

WEB = ROOT / "web"
_MEASURE = "import {measure} from './scripts/size.mjs'; console.log(JSON.stringify(measure()))"


def web() -> Section:
    """The JavaScript of each named route, as the web app's own check counts it."""
    section = Section(
        "The web app",
        "JavaScript that a browser fetches for a route, from the built app's manifest, each file compressed by gzip "
        "at level 9, KB of 1,000 bytes (`web/scripts/size.mjs`, which also fails `make check`). Texts of the "
        "language in use count.",
    )
    node = shutil.which("node")
    if node is None or not (WEB / "node_modules" / ".gitu-manifest.json").exists():
        section.notes.append("Not measured: the web app is not built (`make web`).")
        return section
    done = subprocess.run(
        [node, "--input-type=module", "-e", _MEASURE], cwd=WEB, capture_output=True, text=True, check=True, timeout=60
    )
    for route in json.loads(done.stdout):
        goal = float(route["budget"]) if route["budget"] in (160, 220) else None
        section.add(f"JavaScript of {route['name']}", float(route["kB"]), "KB", goal=goal)
    return section
