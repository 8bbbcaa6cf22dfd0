# الأخطاء.

error-approval-closed = سبق البت في هذا الطلب ({ $state })؛ اطلبه من المساعد مرة أخرى إن كنت ما زلت تريده.
error-approval-not-for-delegates = الموافقة لك وحدك، في تطبيق الويب أو في الطرفية؛ لا يعطيها شيء ينوب عنك.

# الأفعال.

action-trust-approve = الموافقة على طلب معلّق؛ يُنفَّذ فورًا كما عُرض تمامًا
action-trust-deny = رفض طلب معلّق؛ لا يُنفَّذ شيء
action-trust-get-approval = عرض طلب واحد: ما سيفعله بالضبط، ومن يطلبه، وما آل إليه
action-trust-list-actions = عرض كل ما يمكنك فعله هنا، مع ما يحتاج إليه كل فعل
action-trust-list-approvals = عرض ما ينتظر موافقتك وما بتتّ فيه
action-trust-list-audit = البحث في سجل التدقيق: من فعل ماذا، ومن أين، وما كانت النتيجة

# الأذون.

scope-audit-read = الاطلاع على ما جرى هنا باسمك
scope-approvals-read = الاطلاع على ما ينتظر موافقتك
scope-approvals-decide = الموافقة على ما ينتظر أو رفضه
scope-actions-read = عرض ما يُسمح لك به

trust-delegate-assistant = المساعد
trust-delegate-gone = مفتاح ملغى
trust-grant-reading = قراءة ما تحفظه في Gitu

scope-grants-read = الاطلاع على ما يجوز أن يعمل باسمك، وحدوده
scope-grants-write = تقرير ما يجوز أن يعمل باسمك، وحدوده

action-trust-list-grants = اعرض ما يجوز للمساعد ولبرامجك فعله دون سؤال، وحدوده
action-trust-create-grant = اسمح للمساعد أو لأحد برامجك بفعل شيء دون سؤال، ضمن حدود
action-trust-revoke-grant = اسحب إذنًا؛ يسري ذلك من الاستدعاء التالي

error-grant-never-holds = يحتاج { $covers } إلى موافقتك على كل مرة؛ لا يقوم أي إذن مقامها.
error-grant-too-narrow = تترك الحدود ما يمسّه هذا الطلب نفسه؛ وسّعها أو وافق عليه مرة واحدة فقط.
error-grant-unknown = ليس { $covers } إذنًا ولا إجراءً هنا؛ قائمة الإجراءات تسمّيها كلها.
error-grant-without-session = لم يأتِ هذا الطلب من محادثة؛ اختر وقتًا أو «دائمًا».
error-grant-needs-end = حدّد إلى متى يسري هذا.
error-grant-ends-before = اختر نهاية تقع في المستقبل.
error-grant-not-for-delegates = ما يعمل باسمك قرارك أنت، في تطبيق الويب أو الطرفية؛ ولا يقرره ما يعمل باسمك.

field-no-conversation = لا توجد محادثة
field-too-narrow = أضيق من الطلب

## عناوين الأخطاء.

title-grant-too-narrow = هذه الحدود لا تشمل الطلب
title-grant-unknown = لا شيء بهذا الاسم
title-grant-without-session = لا توجد محادثة
title-grant-needs-end = إلى متى؟
title-grant-ends-before = مضى هذا الوقت
title-approval-not-for-delegates = لك وحدك أن تقرر هذا
title-grant-not-for-delegates = لك وحدك أن تقرر هذا
title-approval-closed = بُتّ فيه من قبل

about-trust-list-approvals-state = ‏``decided``: كل ما لم يعد ينتظر، ولو لأن وقته انتهى.
about-trust-list-audit-changes-only = ترك ما قُرئ فقط.
title-grant-never-holds = يُسأل عن هذا كل مرة
field-always-asked = يُسأل عنه كل مرة
about-trust-list-audit-call-id = تنفيذ واحد لإجراء، كما يسميه إيصاله.
