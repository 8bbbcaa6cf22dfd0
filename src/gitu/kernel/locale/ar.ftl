# جمل النواة.

password-too-short =
    { $length ->
        [zero] كلمة المرور فارغة؛ استخدم { $minimum } محارف على الأقل.
        [one] في كلمة المرور محرف واحد؛ استخدم { $minimum } محارف على الأقل.
        [two] في كلمة المرور محرفان؛ استخدم { $minimum } محارف على الأقل.
        [few] في كلمة المرور { $length } محارف؛ استخدم { $minimum } على الأقل.
        [many] في كلمة المرور { $length } محرفًا؛ استخدم { $minimum } على الأقل.
       *[other] في كلمة المرور { $length } محرف؛ استخدم { $minimum } على الأقل.
    }
password-too-long = كلمة المرور أطول من { $maximum } محرفًا؛ اختر كلمة أقصر.
password-is-login = كلمة المرور هي اسم الدخول نفسه أو تكاد؛ اختر كلمة لا يستدل عليها أحد منه.
password-too-simple = كلمة المرور تكرر محارف قليلة أو هي من أول ما يجرَّب؛ بضع كلمات لا صلة بينها أفضل.

# الأوامر المكتوبة.

error-command-unreadable = علامة الاقتباس { $mark } عند المحرف { $position } لم تُغلق؛ أغلقها أو اكتبها هكذا: \{ $mark }
error-command-too-long = في الأمر أكثر من { $limit } محرف؛ أرسل النص الطويل رسالةً.
error-command-unknown = لا يوجد الأمر { $name }. الممكن: { $possible }.
error-command-ambiguous = قد يعني { $name } أيًّا من هذه: { $possible }. اكتب مزيدًا من الأمر الذي تقصده.
error-command-argument = ‏{ $argument } في الأمر { $command } غير ملائم.
error-command-argument-unknown = ليس في الأمر { $command } وسيط باسم { $argument }. الممكن: { $possible }.
error-command-argument-missing = يحتاج الأمر { $command } إلى { $argument } أيضًا. اكتب: { $usage }
error-command-argument-unfit = لا يصلح { $value } قيمةً لـ { $argument }. الممكن: { $expected }.
error-command-argument-empty = يحتاج { $argument } إلى قيمة بعده. الممكن: { $expected }.
error-command-argument-repeated = أُعطي { $argument } مرتين؛ والأمر { $command } يأخذه مرة واحدة.
error-command-argument-unplaced = لا يعرف الأمر { $command } لمن القيمة { $value }؛ سمِّ وسيطها. الممكن: { $possible }.

error-database-unavailable = لا يمكن استعمال قاعدة البيانات: { $reason }
error-database-newer = استعملت نسخةٌ أحدث من Gitu قاعدةَ البيانات هذه: { $reason }

# الأخطاء العامة.

error-internal = حدث خلل هنا؛ تفاصيله في السجل تحت الطلب { $request_id }.
error-input-invalid = في المدخلات ما لا يصلح: { $summary }
error-input-too-large = في الطلب أكثر من { $limit } بايت؛ أرسل أقل في المرة الواحدة.
error-auth-required = لم تسجّل الدخول بعد؛ سجّل الدخول وأعد المحاولة.
error-auth-denied = ليس لك أن تفعل هذا: يحتاج إلى الإذن { $scope }. اطلبه من أحد مديري Gitu هذا.
error-not-found = لا وجود لما طلبته ({ $id })، أو ليس لك؛ اعرض قائمة ما لك واختر منها.
error-conflict = يتعارض التغيير مع ما هو موجود؛ حمّله من جديد وأعد التغيير.
error-too-many = محاولات كثيرة؛ أعد المحاولة بعد مدة من الثواني قدرها { $seconds }.
error-upstream-failed = تعذّرت الخدمة { $service }: { $reason }.
error-unavailable = ‏{ $what } غير متاح الآن؛ أعد المحاولة بعد لحظة.
error-action-unknown = لا يوجد الفعل { $name }. هل قصدت { $nearest }؟ يعرض ‎/help كل الأفعال.
error-action-door-closed = لا يمكن تنفيذ { $name } من هنا ({ $door })؛ نفّذه بنفسك في تطبيق الويب أو في الطرفية.
error-action-approval-needed = ينتظر { $name } موافقتك ({ $approval_id }). انظر ماذا سيفعل، ثم وافق عليه أو ارفضه.
error-action-approval-denied = رُفض { $name }، فلم يُنفَّذ. لا تطلبه ثانيةً إلا إن غيّرت رأيك.
error-action-approval-expired = انتهت مهلة طلب { $name } قبل أن يجيب أحد، فلم يُنفَّذ. اطلبه ثانيةً إن كان ما زال مطلوبًا.
error-action-approved-but-failed = وُوفق على { $name } ثم فشل ({ $reason })؛ انظر إلى ما نتج عنه قبل أن تطلبه ثانيةً.
error-action-approved-but-cut = وُوفق على { $name } وبدأ ثم انقطع، ولا يُعرف هل تم؛ انظر إلى ما نتج عنه.
error-action-too-many-pending = ينتظر جوابك { $limit } طلب بالفعل؛ بُتّ فيها قبل أن يُضاف غيرها.
error-action-too-many-held = من هذا الجواب أو هذه المحادثة { $limit } طلبات تنتظرك أو رفضتَها؛ بُتّ فيها أولًا.
error-action-grant-needed = لا يمكن أن ينتظر { $name } موافقة؛ اسمح به لهذا المفتاح في صفحة الأذون، أو افعله بنفسك.
error-grant-too-many = لديك { $limit } إذنًا ساريًا بالفعل؛ اسحب ما لا تحتاج إليه منها.
error-action-outcome-unknown = بدأ { $name } بهذا المفتاح ثم انقطع؛ انظر إلى ما نتج عنه، ثم اطلبه ثانيةً بمفتاح جديد.
error-idempotency-key-reused = استُعمل المفتاح { $key } من قبل مع مدخلات أخرى؛ أرسل مفتاحًا جديدًا.
error-idempotency-answer-not-kept = نُفّذ { $name } بهذا المفتاح من قبل؛ كان في جوابه سر فلم يُحفظ. أنشئ واحدًا جديدًا.
error-jobs-unknown = لا توجد مهمة { $id }.
error-settings-invalid = في الإعدادات ما لا يصلح: { $summary }

## ما لا يصلح في حقل من المدخلات؛ يسبقه مسار الحقل.

field-summary-none = المدخلات غير ملائمة.
field-summary-separator = {"؛ "}
field-whole-input = المدخلات
field-unfit = قيمة غير صالحة
field-missing = مطلوب
field-extra = غير معروف هنا
field-fixed = لا يمكن تغييره
field-key = فيه مفتاح ليس نصًّا
field-json = ليس JSON سليمًا
field-too-deep = متداخل إلى عمق أكبر من اللازم
field-object = يجب أن يكون كائنًا من حقول وقيم
field-list = يجب أن يكون قائمة
field-list-short =
    { $minimum ->
        [zero] يجب أن يكون قائمة
        [one] يجب أن يكون فيه عنصر واحد على الأقل
        [two] يجب أن يكون فيه عنصران على الأقل
        [few] يجب أن تكون فيه { $minimum } عناصر على الأقل
        [many] يجب أن يكون فيه { $minimum } عنصرًا على الأقل
       *[other] يجب أن يكون فيه { $minimum } عنصر على الأقل
    }
field-list-long =
    { $maximum ->
        [zero] يجب أن يكون قائمة فارغة
        [one] لا يجوز أن يزيد على عنصر واحد
        [two] لا يجوز أن يزيد على عنصرين
        [few] لا يجوز أن يزيد على { $maximum } عناصر
        [many] لا يجوز أن يزيد على { $maximum } عنصرًا
       *[other] لا يجوز أن يزيد على { $maximum } عنصر
    }
field-null = يجب أن يكون null
field-text = يجب أن يكون نصًّا
field-unicode = ليس نصًّا سليمًا بترميز Unicode
field-nul = لا يجوز أن يحوي المحرف NUL
field-text-short =
    { $minimum ->
        [zero] يجب أن يكون نصًّا
        [one] يجب أن يكون فيه محرف واحد على الأقل
        [two] يجب أن يكون فيه محرفان على الأقل
        [few] يجب أن تكون فيه { $minimum } محارف على الأقل
        [many] يجب أن يكون فيه { $minimum } محرفًا على الأقل
       *[other] يجب أن يكون فيه { $minimum } محرف على الأقل
    }
field-text-long =
    { $maximum ->
        [zero] يجب أن يكون فارغًا
        [one] لا يجوز أن يزيد على محرف واحد
        [two] لا يجوز أن يزيد على محرفين
        [few] لا يجوز أن يزيد على { $maximum } محارف
        [many] لا يجوز أن يزيد على { $maximum } محرفًا
       *[other] لا يجوز أن يزيد على { $maximum } محرف
    }
field-pattern = يجب أن يطابق النمط { $pattern }
field-ascii = لا يجوز أن يحوي غير محارف ASCII
field-bytes-short =
    { $minimum ->
        [zero] يجب أن يكون نصًّا
        [one] يجب أن يكون فيه بايت واحد على الأقل
        [two] يجب أن يكون فيه بايتان على الأقل
        [few] يجب أن تكون فيه { $minimum } بايتات على الأقل
        [many] يجب أن يكون فيه { $minimum } بايتًا على الأقل
       *[other] يجب أن يكون فيه { $minimum } بايت على الأقل
    }
field-bytes-long =
    { $maximum ->
        [zero] يجب أن يكون فارغًا
        [one] لا يجوز أن يزيد على بايت واحد
        [two] لا يجوز أن يزيد على بايتين
        [few] لا يجوز أن يزيد على { $maximum } بايتات
        [many] لا يجوز أن يزيد على { $maximum } بايتًا
       *[other] لا يجوز أن يزيد على { $maximum } بايت
    }
field-choice =
    { $count ->
        [one] يجب أن يكون { $choices }
       *[other] يجب أن يكون واحدًا من: { $choices }
    }
field-choice-missing = لا يذكر أي نوع هو
field-above = يجب أن يكون أكبر من { $limit }
field-at-least = يجب ألا يقل عن { $limit }
field-below = يجب أن يكون أصغر من { $limit }
field-at-most = يجب ألا يزيد على { $limit }
field-multiple = يجب أن يكون من مضاعفات { $step }
field-finite = يجب أن يكون عددًا منتهيًا
field-yes-no = يجب أن يكون true (نعم) أو false (لا)
field-whole = يجب أن يكون عددًا صحيحًا
field-too-large = عدد أكبر من اللازم
field-number = يجب أن يكون عددًا
field-digits =
    { $maximum ->
        [zero] لا يجوز أن تكون فيه أرقام
        [one] لا يجوز أن يزيد على رقم واحد
        [two] لا يجوز أن يزيد على رقمين
        [few] لا يجوز أن يزيد على { $maximum } أرقام
        [many] لا يجوز أن يزيد على { $maximum } رقمًا
       *[other] لا يجوز أن يزيد على { $maximum } رقم
    }
field-decimals =
    { $maximum ->
        [zero] لا يجوز أن يكون بعد الفاصلة شيء
        [one] لا يجوز أن يزيد ما بعد الفاصلة على رقم واحد
        [two] لا يجوز أن يزيد ما بعد الفاصلة على رقمين
        [few] لا يجوز أن يزيد ما بعد الفاصلة على { $maximum } أرقام
        [many] لا يجوز أن يزيد ما بعد الفاصلة على { $maximum } رقمًا
       *[other] لا يجوز أن يزيد ما بعد الفاصلة على { $maximum } رقم
    }
field-whole-digits =
    { $maximum ->
        [zero] لا يجوز أن يكون قبل الفاصلة شيء
        [one] لا يجوز أن يزيد ما قبل الفاصلة على رقم واحد
        [two] لا يجوز أن يزيد ما قبل الفاصلة على رقمين
        [few] لا يجوز أن يزيد ما قبل الفاصلة على { $maximum } أرقام
        [many] لا يجوز أن يزيد ما قبل الفاصلة على { $maximum } رقمًا
       *[other] لا يجوز أن يزيد ما قبل الفاصلة على { $maximum } رقم
    }
field-date = يجب أن يكون تاريخًا مثل ‎2026-03-14
field-time = يجب أن يكون وقتًا من اليوم مثل 09:26
field-moment = يجب أن يكون تاريخًا ووقتًا مثل ‎2026-03-14T09:26:53Z
field-past = يجب أن يكون في الماضي
field-future = يجب أن يكون في المستقبل
field-zone = يجب أن يذكر منطقته الزمنية، مثل ‎2026-03-14T09:26:53Z
field-no-zone = لا يجوز أن يذكر منطقة زمنية
field-duration = يجب أن يكون مدة مثل PT15M
field-url = يجب أن يكون عنوانًا مثل https://gitu.example.org
field-url-scheme = يجب أن يكون عنوانًا يبدأ بواحد من: { $choices }
field-id = يجب أن يكون معرّفًا (UUID)
field-taken = مأخوذ من قبل
field-wrong = غير صحيح
field-unknown = غير معروف
field-passed = مضى وقته
field-future-zoned = يجب أن يكون وقتًا في المستقبل مع منطقته الزمنية
field-base64 = ليس بترميز base64
field-cursor = ليس من مؤشرات هذه القائمة؛ ابدأ من دونه
field-whole-path = ليس مسارًا كاملًا مثل ‎/home/amal/reports
field-absolute-url = يجب أن يكون عنوانًا كاملًا مثل https://gitu.example.org
field-amount = يجب أن يكون مبلغًا مثل 12.50، بعدد من الأرقام أقصاه { $before } قبل الفاصلة و{ $after } بعدها
field-amount-inexact = يجب أن يُكتب نصًّا، مثل "12.50"؛ فعدد JSON ذو الفاصلة ليس دقيقًا
field-idempotency-key = يجب أن يكون من 1 إلى 200 محرف ظاهر من محارف ASCII

settings-not-toml = ليس { $file } ملف TOML سليمًا: { $reason }

## عناوين الأخطاء.

title-internal = حدث خلل
title-input-invalid = المدخلات غير ملائمة
title-command-unreadable = تعذّرت قراءة الأمر
title-command-too-long = الأمر طويل جدًّا
title-command-ambiguous = أكثر من أمر يلائم هذا
title-command-argument-unknown = لا وسيط بهذا الاسم
title-command-argument-missing = ينقص وسيط
title-command-argument-unfit = وسيط غير ملائم
title-command-argument-empty = وسيط بلا قيمة
title-command-argument-repeated = أُعطي وسيط مرتين
title-command-argument-unplaced = قيمة لا موضع لها
title-command-unknown = لا أمر بهذا الاسم
title-auth-required = سجّل الدخول أولًا
title-auth-denied = غير مأذون به
title-not-found = غير موجود
title-conflict = يتعارض مع الموجود
title-input-too-large = أكبر من المسموح
title-too-many = طلبات كثيرة
title-upstream-failed = تعذّرت خدمة خارجية
title-unavailable = غير متاح الآن
title-action-approval-needed = بانتظار موافقتك
title-action-approval-denied = رفضتَ هذا
title-action-approval-expired = لم يجب أحد في الوقت المحدد
title-action-approved-but-failed = وُوفق عليه لكنه فشل
title-action-approved-but-cut = وُوفق عليه ثم انقطع
title-action-outcome-unknown = لا يُعرف هل نُفّذ
title-action-too-many-pending = ينتظرك الكثير
title-action-too-many-held = طُلب هنا ما يكفي
title-action-grant-needed = لم يُسمح به مسبقًا
title-grant-too-many = أذون كثيرة
title-database-unavailable = قاعدة البيانات غير متاحة
title-settings-invalid = إعداد غير ملائم

# ما تحفظه جداول النواة عن الناس.

kind-permissions = الأذون
kind-permissions-what = ما سمحت به للمساعد وللبرامج، وما طلبته منك.
kind-permissions-why = كي لا يُفعل لأجلك شيء لم تسمح به.
kind-activity = سجل النشاط
kind-activity-what = أي إجراء نُفِّذ ومتى، ومن أي باب وبأي نتيجة: دون محتوى ولا أسماء، بالمعرّفات فقط.
kind-activity-why = لإثبات ما جرى هنا ومن أجراه.
kind-technical = بيانات تقنية
kind-technical-what = أحداث للنوافذ المفتوحة، وأجوبة النداءات المكررة، والمهام، وأسطر في السجلات تذكرك بمعرّف.
kind-technical-why = كي تبقى الشاشات محدَّثة، ويُستأنف العمل الذي انقطع.

stays-audit = يُثبت السجل ما جرى هنا، وهو ما يتطلبه أمان الجميع والقانون؛ وصفوفه متسلسلة فلا يمكن نزع أي منها. وهي تذكرك بمعرّف لم يعد لأحد.

privacy-kept-until-deleted = يُحفظ إلى أن تحذفه.
privacy-kept-with-account = يُحفظ ما دام لك حساب هنا.
privacy-kept-for-days = { $count ->
    [zero] لا يُحفظ.
    [one] يُحفظ يومًا واحدًا.
    [two] يُحفظ يومين.
    [few] يُحفظ { $count } أيام.
    [many] يُحفظ { $count } يومًا.
   *[other] يُحفظ { $count } يوم.
}
privacy-kept-for-hours = { $count ->
    [zero] لا يُحفظ.
    [one] يُحفظ ساعة واحدة.
    [two] يُحفظ ساعتين.
    [few] يُحفظ { $count } ساعات.
    [many] يُحفظ { $count } ساعة.
   *[other] يُحفظ { $count } ساعة.
}
privacy-kept-always = يُحفظ ما دام Gitu هذا قائمًا.
