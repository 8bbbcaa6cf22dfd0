"""What is wrong with a request is said in the language that the person reads."""

import re

from tests.support.server import API, GituServer

ARABIC = {"accept-language": "ar"}
ENGLISH_WORD = re.compile(r"\b(must|may|is|should|input|valid|required|field)\b", re.IGNORECASE)


def test_fields_that_do_not_fit_are_told_in_the_language_asked_for(gitu: GituServer) -> None:
    wanted = {"role": "emperor", "colour": "red"}

    english = gitu.person().http.post(f"{API}/invitations", json=wanted).json()
    arabic = gitu.person(language="ar").http.post(f"{API}/invitations", json=wanted, headers=ARABIC).json()

    assert english["title"] == "The input does not fit"
    assert arabic["title"] == "المدخلات غير ملائمة"
    assert [field["path"] for field in arabic["fields"]] == [field["path"] for field in english["fields"]]
    told = {field["path"]: field["message"] for field in arabic["fields"]}
    assert told["colour"] == "غير معروف هنا"
    assert not any(ENGLISH_WORD.search(message) for message in told.values())
    assert "emperor" not in arabic["detail"]


def test_the_fields_of_a_problem_are_a_path_and_a_message_in_every_language(gitu: GituServer) -> None:
    answer = gitu.person().http.get(f"{API}/audit", params={"limit": "many"}, headers=ARABIC).json()

    assert [set(field) for field in answer["fields"]] == [{"path", "message"}]


def test_what_is_no_json_is_told_in_arabic_as_well(gitu: GituServer) -> None:
    answer = gitu.client().http.post(
        f"{API}/auth/sign-in", content=b"{oops", headers={**ARABIC, "content-type": "application/json"}
    )

    assert answer.json()["title"] == "تعذّرت قراءة الطلب"
    assert "ليس JSON سليمًا" in answer.json()["detail"]


def test_every_title_is_in_the_readers_language(gitu: GituServer) -> None:
    unsigned = gitu.client().http.get(f"{API}/me", headers=ARABIC).json()
    nowhere = gitu.client().http.get(f"{API}/no/such/place", headers=ARABIC).json()

    assert unsigned["title"] == "سجّل الدخول أولًا"
    assert nowhere["title"] == "غير موجود", "it takes its title from its base"
