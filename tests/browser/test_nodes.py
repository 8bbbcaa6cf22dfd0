"""The screen of nodes: add one that was checked, see it go and come back, read its graphs, remove it; in every look."""

import os
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Locator, Page

from tests.browser.house import House, OpenWindow
from tests.browser.program import DESKTOP, PHONE
from tests.browser.seeing import expect
from tests.support.nodes import NodeProcess, free_port, node

pytestmark = pytest.mark.browser

SHOTS = os.environ.get("SCREENSHOTS")
DAY = """
    INSERT INTO models_node_minutes (node_id, minute, checks, failures, latency_ms, latency_p95_ms, tokens, requests)
    SELECT id, date_trunc('minute', now()) - make_interval(mins => ago), 80, 0,
           2 + 1.5 * sin(ago / 7.0), 6, CAST(1500 + 1200 * cos(ago / 9.0) AS integer), 12
    FROM models_nodes, generate_series(1, 1500) AS ago WHERE name = %s AND NOT ago BETWEEN 20 AND 25
    ON CONFLICT DO NOTHING
"""


@pytest.fixture
def serving(house: House) -> Iterator[NodeProcess]:
    """A node in front of the house's model server."""
    with node("--upstream", house.model.url) as made:
        yield made


@pytest.fixture
def name(house: House) -> Iterator[str]:
    """The name of this test's node, which goes with the test: everyone would see it."""
    made = f"n-{secrets.token_hex(3)}"
    yield made
    if any(one["name"] == made for one in house.owner.get("/nodes", limit=100)["items"]):
        house.owner.delete(f"/nodes/{made}")


def row_of(page: Page, name: str) -> Locator:
    """The node's row in the list."""
    return page.get_by_role("list", name="Nodes").get_by_role("listitem").filter(has_text=name)


def test_a_node_is_checked_added_seen_to_go_and_come_back_and_removed(
    house: House, open_window: OpenWindow, serving: NodeProcess, name: str
) -> None:
    port = int(serving.url.rpartition(":")[2])
    page = open_window(house.person("admin")).page
    page.goto(f"{house.program.url}/settings/nodes")
    page.get_by_role("button", name="Add a node").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Not a name")
    dialog.get_by_role("textbox", name="Address").fill(f"http://127.0.0.1:{free_port()}")
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.get_by_text("Nothing listens at")).to_be_visible()
    dialog.get_by_role("textbox", name="Address").fill(serving.url)
    dialog.get_by_role("button", name="Check").click()
    expect(dialog.get_by_text("Answers in")).to_be_visible()
    dialog.get_by_role("button", name="Add it").click()
    expect(dialog.get_by_text("single dashes between them only")).to_be_visible()
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Add it").click()
    row = row_of(page, name)
    expect(row.get_by_text("Up", exact=True)).to_be_visible()
    expect(row).to_contain_text("test-model")

    os.kill(serving.process.pid, signal.SIGKILL)
    expect(row.get_by_text("Down", exact=True)).to_be_visible()
    expect(row).to_contain_text("Nothing listens at")
    expect(page.get_by_role("status").filter(has_text=f"The node {name} is away")).to_be_visible(timeout=15_000)
    with node("--upstream", house.model.url, port=port):
        expect(row.get_by_text("Up", exact=True)).to_be_visible()
        page.get_by_role("button", name=f"Menu of: {name}").click()
        page.get_by_role("menuitem", name="Remove").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
        expect(row).to_have_count(0)


@pytest.mark.parametrize(
    ("language", "theme"),
    [
        ("ar", "dark"),
        *(pytest.param(*one, marks=pytest.mark.slow) for one in (("en", "dark"), ("ar", "light"), ("en", "light"))),
    ],
)
def test_graphs_and_ports_can_be_read_by_everyone(
    house: House, open_window: OpenWindow, serving: NodeProcess, name: str, language: str, theme: str
) -> None:
    admin = house.person("admin", language=language)
    admin.patch("/me/preferences", {"language": language, "theme": theme})
    admin.post("/nodes", {"name": name, "address": serving.url, "api_key": "a key of sixteen characters"})
    admin.post("/nodes", {"name": f"{name}-far-away-in-another-town", "address": "http://192.0.2.7:9090"})
    with psycopg.connect(house.program.database_url) as database:
        database.execute(DAY, [name])
    window = open_window(admin)
    page = window.page
    try:
        page.goto(f"{house.program.url}/settings/nodes")
        plot = page.get_by_role("slider").first
        expect(plot).to_be_visible()
        plot.focus()
        before = plot.get_attribute("aria-valuenow")
        page.keyboard.press("Home")
        assert plot.get_attribute("aria-valuenow") == "0" != before
        page.locator("summary").last.click()
        found = window.unreachable_parts()
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert window.overflow() == 0
            if SHOTS:
                page.get_by_role("heading", level=1).scroll_into_view_if_needed()
                page.screenshot(path=Path(SHOTS) / f"nodes-{language}-{theme}-{size['width']}.png", full_page=True)
        assert found == []
    finally:
        admin.delete(f"/nodes/{name}-far-away-in-another-town")


def test_a_member_sees_nodes_and_is_offered_nothing_to_change(
    house: House, open_window: OpenWindow, serving: NodeProcess, name: str
) -> None:
    house.owner.post("/nodes", {"name": name, "address": serving.url})
    page = open_window(house.person()).page
    page.goto(f"{house.program.url}/settings/nodes")
    expect(row_of(page, name).get_by_text("Up", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Add a node")).to_have_count(0)
    expect(row_of(page, name).get_by_role("button", name="Check")).to_have_count(0)
    expect(page.get_by_role("heading", name="Ports")).to_have_count(0)
