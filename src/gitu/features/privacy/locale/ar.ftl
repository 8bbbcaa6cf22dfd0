# الخصوصية: جمل الشاشات والأرشيفات والتقارير.

kind-privacy = عمليات التصدير والتقارير
kind-privacy-what = أرشيفات طلبتها، وتقرير المحو الذي يحوي أعدادًا دون اسم.
kind-privacy-why = كي تنزّل ما طلبته، وكي يَثبت ما مُحي.

stays-report = يُثبت التقرير أن بياناتك مُحيت. لا يحوي إلا أعدادًا ومعرّفًا لم يعد لأحد، ويُحذف في أوانه.

field-erase-confirm = ليس هذا اسم الدخول؛ اكتبه كما هو تمامًا.

privacy-note-rewritten = أُزيلت الصفوف المحذوفة من جداول قاعدة البيانات.
privacy-note-left-behind = ما كان أكبر من أن يُعاد كتابته أو كان قيد الاستعمال: { $tables }. قد تبقى كلمات محذوفة في المساحة الخالية من ملفاتها إلى أن تُستعمل من جديد؛ والأمر VACUUM FULL عليها ينهي ذلك.
privacy-note-log-cut = بدأ سجل قاعدة البيانات الخاص بها من جديد.
privacy-note-log-stays = لم يستطع Gitu قطع سجل قاعدة البيانات الخاص بها (WAL): قد تبقى فيه كلمات محذوفة إلى أن يُعاد تدويره، وفي النسخ الاحتياطية ما دامت محفوظة.

privacy-read-me = يحوي هذا الأرشيف ما لدى Gitu هذا عنك: ملف JSON لكل نوع من البيانات، وملفاتك تحت files/. ويعدّد manifest.json الأجزاء، والأعمدة التي تُركت لأنها سرية (بصمات كلمات المرور والرموز، والمفاتيح) أو لا معنى لها خارجًا. والأوقات بالتوقيت العالمي.
privacy-read-me-files = يحوي files/workspace مساحة عملك، وfiles/kept محتويات سابقة لملفات ببصماتها SHA-256 التي يذكرها النوع "files". أما الملفات في مجلدات هذا الجهاز التي سُمح لك باستعمالها فليست لـ Gitu ولا توجد هنا.

# الأخطاء.

error-privacy-export-not-found = لا يوجد تصدير { $id } أو أنه ليس لك أو انقضى وقته؛ ابدأ تصديرًا جديدًا.
error-privacy-export-not-ready = ما زال التصدير يُكتب؛ حاول بعد لحظة.
error-privacy-erasure-not-found = لا يوجد تقرير بهذا الإيصال، أو انقضى وقته.
error-privacy-owner-stays = أنت المالك الوحيد لـ Gitu هذا. سلّمه أولًا إلى مشرف (gitu identity hand-over)، أو أزل Gitu كله: أوقفه واحذف مجلده الرئيسي.
error-privacy-still-has-access = ما زال الدخول متاحًا لـ { $login }؛ أغلقه أولًا ثم امحُ ما يُحفظ عنه.
error-privacy-already-erasing = يجري محو ما يُحفظ عن هذا الشخص.

title-privacy-export-not-ready = ليس جاهزًا بعد
title-privacy-owner-stays = لن يبقى لـ Gitu هذا مالك
title-privacy-still-has-access = أغلق الدخول أولًا
title-privacy-already-erasing = يجري المحو

# الأفعال.

action-privacy-get-notice = عرض ما يُحفظ عن الناس هنا، ولماذا، وكم يُحفظ، ومن يناله
action-privacy-start-export = بدء كتابة كل ما يُحفظ عنك في أرشيف
action-privacy-list-exports = عرض عمليات التصدير الخاصة بك
action-privacy-get-export = عرض ما بلغه تصدير
action-privacy-fetch-export = جلب أرشيف تصدير؛ تأتي بايتاته من المسار الذي يطلب هذا
action-privacy-delete-export = إزالة تصدير قبل أوانه
action-privacy-preview-erasure = عرض ما سيحذفه المحو وما سيبقى
action-privacy-erase-me = محو حسابك وكل ما يُحفظ عنك نهائيًا
action-privacy-erase-person = محو كل ما يُحفظ عن شخص أُغلق دخوله نهائيًا
action-privacy-list-erasures = عرض تقارير المحو؛ وهي لا تسمّي أحدًا
action-privacy-get-report = عرض تقرير المحو لمن يحمل إيصاله

# الأذون.

scope-privacy-read = الاطلاع على ما يُحفظ عنك وعلى عمليات التصدير
scope-privacy-export = تصدير ما يُحفظ عنك
scope-privacy-erase = محو ما يُحفظ عنك
scope-privacy-admin = محو من أُغلق دخولهم، والاطلاع على التقارير

# ما في حقول الإجراءات.

help-privacy = ما يُحفظ عنك: عرضه وتصديره ومحوه.
about-privacy-erase-me-confirm = اسم دخولك، كي لا يحدث شيء سهوًا.
about-privacy-erase-person-confirm = اسم دخول الشخص، كي لا يحدث شيء سهوًا.
about-privacy-preview-erasure-person-id = شخص آخر أُغلق دخوله؛ للمشرفين.
