# الملفات: الأخطاء.

error-files-unsupported = لا يمكن حصر الملفات بأمان على { $system }؛ شغّل Gitu على لينكس أو macOS لاستخدامها.
error-files-folder-unknown = لا يوجد مجلد مسموح به { $id } أو أنه لم يعد لك؛ اعرض مجلداتك واختر واحدًا منها.
error-files-folder-gone = لم يعد { $path } المجلد الذي سُمح به؛ يمكن للمشرف أن يسمح به من جديد.
error-files-folder-read-only = المجلد { $name } للقراءة فقط؛ اطلب من مشرف السماح بالكتابة فيه.
error-files-folder-forbidden = لا يمكن السماح بالمجلد { $path }: فهو { $protected } نفسه أو يحتويه أو يقع فيه، وهو يبقى مغلقًا. اختر مجلدًا آخر.
error-files-folder-missing = { $path } ليس مجلدًا على جهاز الخادم يستطيع Gitu فتحه؛ أعطِ مساره الكامل.
error-files-folder-allowed-already = المجلد { $path } مسموح به لهذا الشخص من قبل؛ اسحبه أولًا لتغيير طريقة السماح.
error-files-person-unknown = لا يوجد شخص { $id } في هذا الـ Gitu؛ اعرض الأشخاص واختر واحدًا.
error-files-too-many-folders = يمكن أن يكون للشخص { $limit } مجلد مسموح به؛ اسحب واحدًا أولًا.
error-files-workspace-stays = لا يمكن سحب مساحة العمل الخاصة بالشخص؛ تُسحب المجلدات المسموح بها فقط.
error-files-path-outside = { $path } ليس مسارًا داخل المجلد؛ أعطه نسبةً إلى المجلد ودون '..'.
error-files-path-linked = يمر { $path } عبر رابط أو إلى قرص آخر، وهذا لا يُتبع؛ استخدم المسار الحقيقي.
error-files-name-unusable = لا يمكن استخدام الاسم { $name }: 255 بايتًا على الأكثر، وبصيغة يونيكود المركّبة (NFC)، دون أحرف خفية أو أحرف تحكم، ولا يبدأ بـ .gitu-
error-files-not-found = لا يوجد { $path } في هذا المجلد؛ اعرض المجلد لترى ما فيه.
error-files-path-taken = { $path } موجود من قبل؛ اختر اسمًا آخر، أو صرّح بأنه يجوز استبداله.
error-files-not-a-file = { $path } ليس ملفًا عاديًا، فلا يُفتح.
error-files-not-a-folder = { $path } ليس مجلدًا.
error-files-folder-not-empty = لم يعد { $path } فارغًا؛ افرض العملية لنقل ما فيه إلى المهملات.
error-files-file-linked = للملف { $path } أكثر من اسم (رابط صلب)، وقد يقع الآخر في الخارج؛ يمكن للمشرف السماح بمثل هذه الملفات في هذا المجلد.
error-files-binary = { $path } ليس نصًا؛ اطلبه بصيغة base64 أو نزّله.
error-files-not-encodable = الملف { $path } محفوظ بالترميز { $charset } الذي لا يتسع لهذا النص؛ احفظه بترميز utf-8.
error-files-too-large = حجم { $path } هو { $size } بايت؛ والحد الأقصى لهذا { $limit }. استخدم طرفية الجهاز للأكبر منه.
error-files-changed-since = لم يعد { $path } كما رأيته؛ اقرأه من جديد وأعد التغيير.
error-files-not-writable = لا يحق لحساب الخادم فعل هذا بـ { $path }؛ امنحه الحق على الجهاز، أو اختر غيره.
error-files-busy = { $path } قيد الاستخدام في برنامج أو يتغير طوال الوقت؛ أعد المحاولة بعد لحظة.
error-files-text-not-found = النص المطلوب استبداله ليس في { $path }؛ اقرأ الملف من جديد وأعطِ النص حرفيًا.
error-files-text-not-unique = النص المطلوب استبداله موجود { $count } مرات في { $path }؛ أعطِ مزيدًا مما حوله، أو استبدله كله.
error-files-into-itself = لا يمكن نقل { $path } أو نسخه إلى نفسه أو داخله؛ اختر مكانًا آخر.
error-files-disk-full = لم تبق مساحة لـ { $path }؛ لم يتغير شيء. أفرغ بعض المساحة وأعد المحاولة.
error-files-workspace-full = تتسع مساحة عملك لـ { $limit } بايت على الأكثر؛ احذف ما لا تحتاج إليه.
error-files-change-unknown = لا يوجد تغيير { $id } أو أنه ليس لك؛ اعرض تغييراتك واختر واحدًا.
error-files-run-unknown = لم يغيّر التشغيل { $id } أي ملف لك، أو أنه ليس لك؛ الأمر ‎/shell list-runs يعرض ما شغّلته.
error-files-not-undoable = لم يعد التراجع عن هذا التغيير ممكنًا: إما جرى التراجع عنه، أو لم يعد ما استبدله محفوظًا.
error-files-undo-conflict = تغيّر { $path } بعد ذلك؛ افرض التراجع لتنفيذه على أي حال، ويُحفظ المحتوى الحالي لتراجع لاحق.
error-files-preview-unknown = لا معاينة لـ { $name }؛ اختر واحدًا من { $names }.
error-files-disk-failed = تعذّر الوصول إلى { $path } ({ $reason })؛ لم يتغير شيء. أعد المحاولة، وتفقّد قرص الجهاز.

# الأفعال.

action-files-list-folders = عرض المجلدات التي يمكنك استخدامها، ومساحة عملك أولًا
action-files-allow-folder = السماح لشخص بمجلد من جهاز الخادم
action-files-revoke-folder = سحب مجلد مسموح به؛ يُغلق من العملية التالية، ولا يُمس أي ملف
action-files-list-entries = عرض ما في مجلد
action-files-stat-file = عرض نوع ملف أو مجلد وحجمه ووقته
action-files-read-file = قراءة ملف، أو جزء من ملف كبير
action-files-search-files = البحث في الأسماء والنصوص تحت مجلد
action-files-write-file = كتابة ملف: جديد، أو كامل محتوى ملف موجود. يمكن التراجع عنه لفترة
action-files-edit-file = استبدال نص محدد في ملف. يمكن التراجع عنه لفترة
action-files-move-file = نقل ملف أو مجلد أو إعادة تسميته داخل مجلد مسموح به واحد. يمكن التراجع عنه لفترة
action-files-copy-file = نسخ ملف، أيضًا إلى مجلد مسموح به آخر. يمكن التراجع عنه لفترة
action-files-delete-file = حذف ملف أو مجلد: يُنقل إلى المهملات، ويمكن إرجاعه منها لفترة
action-files-make-folder = إنشاء مجلد جديد
action-files-list-changes = عرض ما غيّرته أو غُيّر لأجلك في مجلداتك، الأحدث أولًا
action-files-undo-run = التراجع عما غيّره أمر في ملفاتك
action-files-undo-change = التراجع عن تغيير في ملف: يعود ما استبدله. ويمكن التراجع عن التراجع نفسه
action-files-preview-change = عرض ما سيفعله تغيير، مع الفرق بين النصين، دون تنفيذه

# الأذون.

scope-files-read = قراءة الملفات في مجلداتك المسموح بها
scope-files-write = تغيير الملفات في مجلداتك المسموح بها
scope-files-admin = السماح للأشخاص بمجلدات من الخادم

## عناوين الأخطاء.

title-files-folder-missing = لا مجلد كهذا على الخادم
title-files-path-outside = ليس مسارًا داخل المجلد
title-files-name-unusable = لا يمكن استعمال هذا الاسم
title-files-not-a-file = ليس ملفًا
title-files-not-a-folder = ليس مجلدًا
title-files-binary = ليس نصًّا
title-files-not-encodable = لا يتسع الترميز لهذا النص
title-files-text-not-found = النص غير موجود
title-files-text-not-unique = النص موجود أكثر من مرة
title-files-into-itself = لا يوضع مجلد داخل نفسه
title-files-folder-read-only = للقراءة فقط
title-files-folder-forbidden = لا يمكن السماح بهذا المجلد
title-files-path-linked = لا تُتبع الروابط
title-files-file-linked = ملف له اسم ثانٍ
title-files-not-writable = لا يسمح الجهاز بذلك
title-files-folder-unknown = لا مجلد كهذا
title-files-person-unknown = لا شخص كهذا
title-files-not-found = غير موجود هناك
title-files-change-unknown = لا تغيير كهذا
title-files-folder-gone = المجلد غير موجود
title-files-folder-allowed-already = مسموح به بالفعل
title-files-too-many-folders = مجلدات كثيرة
title-files-path-taken = هناك شيء بالفعل
title-files-folder-not-empty = المجلد ليس فارغًا
title-files-changed-since = تغيّر في الأثناء
title-files-busy = قيد الاستعمال
title-files-run-unknown = لا تغييرات لمثل هذا التشغيل
title-files-not-undoable = لا يمكن التراجع عنه
title-files-undo-conflict = تغيّر منذ ذلك الحين
title-files-too-large = الملف كبير جدًّا
title-files-unsupported = غير متاح على هذا النظام
title-files-disk-failed = تعطّل القرص
title-files-disk-full = لم تبق مساحة
title-files-workspace-full = امتلأت مساحة عملك

## ما في حقول الإجراءات

about-files-path = المسار داخل المجلد، مثل notes/plan.md.
about-files-folder-id = معرّف المجلد المسموح به؛ وبدونه مساحة عملك.
about-files-expected-digest = يُرفض إن لم يعد الملف هو الذي له هذه البصمة.
about-files-allow-folder-path = المسار الكامل لمجلد على جهاز الخادم، مثل ‎/srv/documents.
about-files-allow-folder-person-id = من يجوز له استعمال المجلد.
about-files-allow-folder-writable = هل يجوز تغيير الملفات، لا قراءتها فقط.
about-files-allow-folder-linked-files = فتح الملفات ذات الأسماء المتعددة أيضًا (الروابط الصلبة)، وقد يكون اسمها الآخر في الخارج.
about-files-copy-file-to = مسار النسخة؛ ويجب ألا يكون هناك شيء.
about-files-copy-file-to-folder-id = مجلد مسموح به آخر للنسخة.
about-files-move-file-to = المسار الجديد في المجلد نفسه؛ ويجب ألا يكون هناك شيء.
about-files-edit-file-old-text = النص المراد استبداله كما هو، مع ما حوله بقدر ما يجعله وحيدًا.
about-files-edit-file-new-text = ما يحل محله.
about-files-edit-file-replace-all = استبداله أينما ورد في الملف.
about-files-list-changes-folder-id = التغييرات في هذا المجلد المسموح به فقط.
about-files-list-changes-query = جزء من المسار.
about-files-list-changes-run-id = ما غيّره أمر هذا التشغيل فقط.
about-files-list-changes-undoable = ما يمكن التراجع عنه بعدُ فقط.
about-files-list-entries-path = المجلد المراد عرضه داخل المسموح به؛ فارغ له نفسه.
about-files-list-folders-everyone = المجلدات المسموح بها للجميع لا لك وحدك؛ للمديرين.
about-files-list-folders-revoked = ما سُحب الإذن به أيضًا.
about-files-make-folder-path = مسار المجلد الجديد.
about-files-read-file-encoding = إعطاء المحتوى نصًّا، أو بترميز base64 للملفات الثنائية.
about-files-read-file-limit = أقصى عدد من البايتات في الجواب.
about-files-read-file-offset = البايت الذي تبدأ عنده القراءة، للملفات الكبيرة.
about-files-search-files-query = جزء من اسم أو من سطر؛ ولا فرق بين الحروف الكبيرة والصغيرة.
about-files-search-files-path = البحث تحت هذا المجلد فقط.
about-files-search-files-limit = أقصى عدد من النتائج.
about-files-search-files-where = فيمَ يُبحث.
about-files-undo-run-force = التراجع حتى إن تغيّر الملف بعدها؛ ويُحفظ محتواه.
about-files-undo-change-force = التراجع حتى إن تغيّر الملف بعدها؛ ويُحفظ محتواه.
about-files-write-file-charset = الترميز الذي يُحفظ به النص.
about-files-write-file-content = المحتوى الجديد كله.
about-files-write-file-encoding = كيف أُعطي المحتوى: نصًّا أو بترميز base64.
about-files-write-file-make-parents = إنشاء ما ينقص من المجلدات فوقه.
about-files-write-file-overwrite = هل يجوز أن يُستبدل ملف موجود هناك.

# ما يُحفظ عن الناس.

kind-files = الملفات
kind-files-what = مساحة عملك، والمجلدات المسموح لك بها، وكل تغيير لملف، ومحتويات سابقة للتراجع.
kind-files-why = كي تعمل أنت والمساعد على الملفات، ويمكن التراجع عن تغيير.
