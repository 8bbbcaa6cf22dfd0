"""The words of "done" in both languages, and which kinds of action each of them would need."""

from gitu.kernel.actions.claims import Claim

ANYTHING = frozenset(Claim)
"""Of "done" alone: whatever ran is meant."""

_SENT, _SAVED, _DELETED = frozenset({Claim.SENT}), frozenset({Claim.SAVED}), frozenset({Claim.DELETED})
_PAID, _RAN, _SHARED = frozenset({Claim.PAID}), frozenset({Claim.RAN}), frozenset({Claim.SHARED})
_SCHEDULED, _DECIDED = frozenset({Claim.SCHEDULED}), frozenset({Claim.DECIDED})
_TAKEN_OUT = _DELETED | _SAVED  # a line is removed from a file by saving it
_PUT_OFF = _TAKEN_OUT | _SCHEDULED
_PUBLIC = _SENT | _SHARED
_BOOKED = _PAID | _SCHEDULED


def _words(kinds: frozenset[Claim], words: str) -> dict[str, frozenset[Claim]]:
    return dict.fromkeys(words.split("|"), kinds)


ENGLISH: dict[str, frozenset[Claim]] = {
    **_words(_SENT, "sent|emailed|replied|forwarded|messaged|notified|submitted"),
    **_words(
        _SAVED,
        "saved|stored|created|added|updated|changed|renamed|moved|copied|written|wrote|made|put|set|edited|archived"
        "|restored|recorded|uploaded|downloaded|connected|set up",
    ),
    **_words(_DELETED, "deleted|erased|wiped|revoked"),
    **_words(_TAKEN_OUT, "removed|cleared"),
    **_words(_PUT_OFF, "cancelled|canceled"),
    **_words(_PAID, "paid|bought|purchased|ordered|refunded|transferred"),
    **_words(_BOOKED, "booked|reserved"),
    **_words(_RAN, "ran|run|executed|installed|started|stopped|restarted|launched|deployed|built|tested"),
    **_words(_PUBLIC, "shared|invited|posted|published"),
    **_words(_SCHEDULED, "scheduled|rescheduled|postponed"),
    **_words(_DECIDED, "approved"),
}

ARABIC_FIRST: dict[str, frozenset[Claim]] = {
    **_words(_SENT, "أرسلت|ارسلت|بعثت|راسلت|أجبت على"),
    **_words(
        _SAVED,
        "حفظت|خزّنت|خزنت|أنشأت|انشأت|أضفت|اضفت|حدّثت|حدثت|عدّلت|عدلت|غيّرت|غيرت|نقلت|نسخت|كتبت|رفعت|سجّلت|سجلت|استعدت",
    ),
    **_words(_DELETED, "حذفت|مسحت|محوت"),
    **_words(_TAKEN_OUT, "أزلت|ازلت"),
    **_words(_PUT_OFF, "ألغيت|الغيت"),
    **_words(_PAID, "دفعت|سدّدت|سددت|اشتريت|طلبت|حوّلت|حولت"),
    **_words(_BOOKED, "حجزت"),
    **_words(_RAN, "نفّذت|نفذت|شغّلت|شغلت|ثبّتت|ثبتت"),
    **_words(_PUBLIC, "شاركت|دعوت|نشرت"),
    **_words(_SCHEDULED, "جدولت|أجّلت|أجلت"),
}

ARABIC_NOUNS: dict[str, frozenset[Claim]] = {
    **_words(_SENT, "إرسال|ارسال|بعث"),
    **_words(
        _SAVED,
        "حفظ|تخزين|إنشاء|انشاء|إضافة|اضافة|تحديث|تعديل|تغيير|نقل|نسخ|كتابة|رفع|تسجيل|استعادة|إعادة تسمية",
    ),
    **_words(_DELETED, "حذف|مسح|محو"),
    **_words(_TAKEN_OUT, "إزالة|ازالة"),
    **_words(_PUT_OFF, "إلغاء|الغاء"),
    **_words(_PAID, "دفع|سداد|شراء|طلب|تحويل"),
    **_words(_BOOKED, "حجز"),
    **_words(_RAN, "تنفيذ|تشغيل|تثبيت"),
    **_words(_PUBLIC, "مشاركة|دعوة|نشر"),
    **_words(_SCHEDULED, "جدولة|تأجيل"),
    **_words(_DECIDED, "الموافقة|موافقة"),
}
