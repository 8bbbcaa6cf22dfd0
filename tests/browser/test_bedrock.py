"""Amazon Bedrock on the screens: connected with access keys, asked, moved to an API key."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.house import House, Json, OpenWindow, Resident
from tests.browser.seeing import expect
from tests.browser.talking import ask
from tests.servers.base import ModelServer
from tests.servers.bedrock import PROFILE, bedrock
from tests.servers.script import Script, Usage, call, say
from tests.support.chat import eventually

pytestmark = pytest.mark.browser

KEY_ID, SECRET, API_KEY = "AKIALOOPBACK00000001", "a/secret+of40characters", "ABSKloopback-key-of-bedrock"


@pytest.fixture
def amazon() -> Iterator[ModelServer]:
    """Bedrock on this machine; it takes access keys and an API key."""
    script = Script(call("assistant__get_status"), say("It is well.", usage=Usage(1000, 100)))
    with bedrock(script, keys=[KEY_ID, API_KEY], secrets={KEY_ID: SECRET}) as server:
        yield server


def choose_access_keys(page: Page, secret: str) -> None:
    page.get_by_label("Access key ID").fill(KEY_ID)
    page.get_by_label("Secret access key").fill(secret)


def ended(person: Resident) -> list[Json]:
    """The person's calls of models, once none is running."""
    calls: list[Json] = person.get("/models/calls")["items"]
    return [] if any(one["outcome"] == "running" for one in calls) else calls


def test_bedrock_is_connected_with_access_keys_answers_and_moves_to_an_api_key(
    house: House, open_window: OpenWindow, amazon: ModelServer
) -> None:
    sami = house.person("admin")
    window = open_window(sami)
    page = window.page
    page.goto(f"{house.program.url}/settings/models/add")
    page.get_by_label("Provider").select_option(label="Amazon Bedrock")
    page.get_by_label("AWS region").fill("somewhere")
    page.get_by_text("AWS access keys").click()
    page.get_by_label("Everyone here may use it").uncheck()
    choose_access_keys(page, "the wrong one")
    page.get_by_role("button", name="Connect and test").click()
    expect(page.get_by_text("Enter a region such as eu-central-1.")).to_be_visible()
    page.get_by_label("AWS region").fill(amazon.url)
    page.get_by_role("button", name="Connect and test").click()
    expect(page.get_by_text("refused the API key")).to_be_visible()
    choose_access_keys(page, SECRET)
    page.get_by_role("button", name="Connect and test").click()
    expect(page.get_by_text("2 models")).to_be_visible()
    page.get_by_label("Default model").select_option(label=PROFILE)
    page.get_by_role("button", name="Use this model").click()
    expect(page.get_by_role("list", name="Connections").get_by_text("Amazon Bedrock")).not_to_have_count(0)

    page.goto(house.program.url)
    ask(page, "How are you?")
    expect(page.get_by_text("It is well.")).to_be_visible()
    assert [asked.model for asked in amazon.asked if asked.stream][:2] == [PROFILE, PROFILE]
    calls = eventually(lambda: ended(sami))
    assert {(one["outcome"], float(one["cost"]) > 0) for one in calls} == {("ok", True)}

    page.goto(f"{house.program.url}/settings/models")
    row = page.get_by_role("listitem").filter(has_text="Amazon Bedrock")
    row.locator("[aria-haspopup=menu]").click()
    page.get_by_role("menuitem", name="Edit").click()
    page.get_by_label("New API key").fill(API_KEY)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    (connection,) = [one for one in sami.get("/models/connections")["items"] if one["provider"] == "bedrock"]
    assert (connection["status"], connection["key_hint"]) == ("ok", "…rock")
