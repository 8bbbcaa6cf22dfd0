"""An answer that says "sent" needs the receipt of something that sends; what only talks about doing is no claim."""

import pytest

from gitu.app import load_features
from gitu.features.assistant.claims import claimed, unproven
from gitu.kernel.actions.claims import Claim, proven_by
from gitu.kernel.actions.kinds import Door, Risk
from gitu.kernel.actions.registry import registry

SENT, SAVED, DELETED, PAID = Claim.SENT, Claim.SAVED, Claim.DELETED, Claim.PAID
RAN, SHARED, SCHEDULED, DECIDED = Claim.RAN, Claim.SHARED, Claim.SCHEDULED, Claim.DECIDED

CLAIMS = [
    ("I have sent the mail.", SENT),
    ("I've just saved it for you.", SAVED),
    ("I deleted the old plans.", DELETED),
    ("Your file has been updated.", SAVED),
    ("The invoice was successfully paid.", PAID),
    ("I already booked the table.", PAID),
    ("I ran the tests.", RAN),
    ("We've transferred the money.", PAID),
    ("I've gone ahead and cancelled the meeting.", DELETED),
    ("The mail has been sent by e-mail.", SENT),
    ("Sent the mail to Basim.", SENT),
    ("**Deleted** the file.", DELETED),
    ("I could not find the file, so I created it.", SAVED),
    ("I did not delete it, but I sent the mail.", SENT),
    ("I have scheduled the backup.", SCHEDULED),
    ("I approved your request.", DECIDED),
    ("I have pub\u200blished it.", SHARED),
    ("Does that help? I have sent it.", SENT),
    ("أرسلت الرسالة.", SENT),
    ("لقد حفظت الملف لك.", SAVED),
    ("تم إرسال البريد.", SENT),
    ("تمّ حذف المحادثة بنجاح.", DELETED),
    ("قد دفعت الفاتورة.", PAID),
    ("لقد أَرْسَلْتُ الرسالة.", SENT),
    ("نفّذت الأمر.", RAN),
    ("تم تحويل المبلغ إلى باسم.", PAID),
    ("لم أجد الملف، لذلك أنشأته.", SAVED),
    ("وألغيت الموعد.", DELETED),
    ("شاركت الدفتر مع باسم.", SHARED),
    ("تمت جدولة النسخ الاحتياطي.", SCHEDULED),
    ("تمت الموافقة على الطلب.", DECIDED),
]
DONE_ALONE = ["Done!", "All done. Anything else?", "تم بنجاح.", "انتهيت."]
NO_CLAIMS = [
    "I have not sent the mail.",
    "I haven't saved it.",
    "I did not send it.",
    "I have never deleted anything of yours.",
    "Nothing has been deleted.",
    "No mail has been sent.",
    "Should I send it?",
    "Has the mail been sent?",
    "Would you like me to say that I sent it?",
    "Shall I delete the old plans?",
    "I can send the mail if you approve it.",
    "Once it has been sent, I will tell you.",
    "After I have saved it, you can open it.",
    "If I sent it now, Basim would be asleep.",
    "Unless the invoice has been paid, it is overdue.",
    "The mail will have been sent by then.",
    "The call waits for your approval; nothing has run.",
    "Run `git commit -m 'I have sent it'` yourself.",
    "```\nprint('I have deleted it.')\n```",
    "I will send it tomorrow.",
    "You may want to save it first.",
    'Basim writes: "I have sent the contract."',
    "> I have sent the contract.\n\nThat is what he wrote.",
    "Basim says “I paid the invoice.”",
    "The invoice has been paid by Basim.",
    "The file has been deleted yesterday.",
    "I wrote a poem, which stands below.",
    "Saved searches are in the menu.",
    "You sent this on Monday.",
    "لم أرسل الرسالة.",
    "ما أرسلت الرسالة.",
    "هل أرسل الرسالة؟",
    "هل أرسلت الرسالة؟",
    "أتقصد أنك أرسلت الرسالة؟",
    "لن أحذف شيئًا دون موافقتك.",
    "إذا أرسلت الرسالة فسأخبرك.",
    "بعد أن حفظت الملف يمكنك فتحه.",
    "سأرسلها غدًا.",
    "سيتم إرسال البريد غدًا.",
    "سأكون قد أرسلت الرسالة حينها.",
    "لم يتم إرسال البريد.",
    "اكتب `تم الحفظ` في آخر السطر.",
    "كتب باسم: «أرسلت العقد أمس».",
    "قال باسم “دفعت الفاتورة”.",
    "الرسالة التي أرسلتها مؤرخة يوم الاثنين.",
    "تم دفع الفاتورة من قبل باسم.",
]


@pytest.mark.parametrize(("text", "kind"), CLAIMS)
def test_a_claim_needs_a_receipt_of_its_kind(text: str, kind: Claim) -> None:
    (needed,) = claimed(text)
    assert kind in needed
    others = set(Claim) - needed
    assert unproven(text, [])
    assert unproven(text, [frozenset(others)])  # whatever else ran
    assert not unproven(text, [frozenset({kind})])


@pytest.mark.parametrize("text", DONE_ALONE)
def test_done_alone_needs_the_receipt_of_anything(text: str) -> None:
    assert unproven(text, [])
    assert not unproven(text, [frozenset({SAVED})])


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_it_is_none(text: str) -> None:
    assert claimed(text) == []


def test_every_claim_of_an_answer_is_looked_at() -> None:
    text = "I saved the file. Then I sent it to Basim."
    assert unproven(text, [proven_by("write_file")])
    assert not unproven(text, [proven_by("write_file"), proven_by("send_mail")])
    joined = "I saved the file and then sent it to Basim."
    assert unproven(joined, [proven_by("write_file")])
    assert not unproven(joined, [proven_by("write_file"), proven_by("send_mail")])
    arabic = "حفظت الملف. ثم تم إرسال الرسالة."
    assert unproven(arabic, [proven_by("write_file")])
    assert not unproven(arabic, [proven_by("write_file"), proven_by("send_mail")])


@pytest.mark.parametrize(
    ("action", "kinds"),
    [
        ("assistant.delete_session", {DELETED}),
        ("assistant.share_session", {SHARED}),
        ("files.write_file", {SAVED}),
        ("files.delete_file", {DELETED}),
        ("files.undo_change", {SAVED, DELETED}),
        ("files.read_file", set()),
        ("shell.run_command", {RAN, SAVED, DELETED}),
        ("identity.update_me", {SAVED}),
    ],
)
def test_what_an_action_proves(action: str, kinds: set[Claim]) -> None:
    load_features()
    assert registry.get(action).proves == kinds


def test_what_changes_something_proves_something_and_no_approval_is_the_assistant_s() -> None:
    load_features()
    for action in registry.all():
        if action.risk is not Risk.READ and Door.AGENT in action.doors:
            assert action.proves, action.name
            assert DECIDED not in action.proves, action.name
