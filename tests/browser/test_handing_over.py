"""Handing this Gitu to another owner, among its people."""

import pytest

from gitu.kernel.auth.principal import Role
from tests.browser.house import OpenWindow, Resident
from tests.browser.program import PHONE
from tests.browser.seeing import expect
from tests.support.server import PASSWORD, GituServer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "button", "again"),
    [
        pytest.param("en", "Make owner", "Is it you?", marks=pytest.mark.slow),
        ("ar", "اجعله المالك", "أهذا أنت؟"),
    ],
)
def test_the_owner_hands_over_to_an_admin_once_they_showed_that_it_is_them(
    gitu: GituServer, open_window: OpenWindow, language: str, button: str, again: str
) -> None:
    gitu.sql("UPDATE identity_users SET role = 'member' WHERE role IN ('owner', 'admin')")
    admin = gitu.person(Role.ADMIN, name="Basim")
    owner = gitu.person(Role.OWNER, name="Amal Haddad", language=language)
    signed_in = Resident(gitu.url, owner.login)
    signed_in.post("/auth/sign-in", {"login": owner.login, "password": PASSWORD})
    gitu.sql("UPDATE identity_devices SET confirmed_at = NULL WHERE owner_id = :id", id=owner.id)
    window = open_window(signed_in)
    page = window.page
    page.goto(f"{gitu.url}/settings/people")
    row = page.get_by_role("listitem").filter(has_text=admin.login)
    row.get_by_text(button, exact=True).click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Basim")
    assert window.unreachable_parts() == []
    page.set_viewport_size(PHONE)
    assert window.overflow() <= 0
    dialog.get_by_role("button", name=button).click()
    asked = page.get_by_role("dialog").filter(has_text=again)
    asked.locator("input[type=password]").fill(PASSWORD)
    asked.locator("button[type=submit]").click()
    expect(row.get_by_text(button, exact=True)).to_have_count(0)
    assert (admin.get("/me")["role"], owner.get("/me")["role"]) == ("owner", "admin")
    window.errors[:] = [error for error in window.errors if "status of 403" not in error]
    signed_in.http.close()
