# الأخطاء.

error-auth-sign-in-failed = الاسم وكلمة المرور لا يتوافقان؛ تحقق منهما وأعد المحاولة.
error-auth-throttled = محاولات دخول فاشلة كثيرة؛ أعد المحاولة بعد مدة من الثواني قدرها { $seconds }.
error-auth-expired = انتهى تسجيل الدخول على هذا الجهاز أو أُلغي؛ سجّل الدخول من جديد.
error-auth-token-invalid = مفتاح الواجهة هذا مجهول أو منتهٍ أو ملغى؛ أنشئ مفتاحًا جديدًا في الإعدادات.
error-auth-link-invalid = استُعمل هذا الرابط من قبل، أو انتهت مدته، أو هو ناقص؛ اطلب رابطًا جديدًا.
error-auth-owner-exists = لـ Gitu هذا مالك؛ سجّل الدخول، أو اطلب من المالك دعوة.
error-auth-login-taken = اسم الدخول { $login } مأخوذ؛ اختر اسمًا آخر.
error-auth-sign-up-closed = الحسابات الجديدة هنا بالدعوة؛ اطلب واحدة من المالك.
error-auth-password-wrong = كلمة المرور الحالية غير صحيحة؛ لم يتغير شيء.
error-auth-scope-beyond-yours = لا يستطيع المفتاح أكثر مما تستطيعه أنت: ليس لك أن تعطي { $scopes }. اختر من قائمة النطاقات.
error-auth-owner-untouchable = لا يمكن نزع دور المالك ولا تعطيل حسابه، ولا يغيّر أحد دوره بنفسه.
error-auth-person-needed = لا يفعل هذا إلا شخص مسجّل الدخول، لا برنامج يحمل مفتاحًا؛ افعله في تطبيق الويب.
error-auth-pairing-invalid = استُعمل هذا الرمز من قبل، أو رُفض، أو انتهت مدته؛ أنشئ رمزًا جديدًا.
error-auth-pairing-pending = لم يؤكد أحد هذه الطرفية بعد؛ أكّدها في تطبيق الويب.
error-auth-second-step-expired = طالت الخطوة الثانية أو أُنجزت من قبل؛ ابدأ من جديد بكلمة مرورك.
error-auth-code-wrong = هذا الرمز غير صحيح أو استُعمل من قبل؛ انتظر الرمز التالي وأعد المحاولة.
error-auth-second-factor-there = تسجيل دخولك يطلب رمزًا بالفعل؛ أوقف ذلك أولًا.
error-auth-second-factor-missing = لم يُعدّ عامل ثانٍ.
error-auth-passkey-invalid = مفتاح المرور هذا لا يناسب Gitu هذا، أو هو معروف من قبل، أو طال إنشاؤه؛ ابدأ من جديد.
error-auth-passkey-refused = مفتاح المرور هذا لا يدخل أحدًا هنا، أو طال استعماله؛ أعد المحاولة أو استخدم طريقة أخرى.
error-auth-too-many-passkeys = لديك { $limit } مفتاح مرور، وهذا أقصى عدد؛ أزل واحدًا أولًا.
error-auth-last-way-in = لن تستطيع تسجيل الدخول بعده؛ أضف مفتاح مرور أولًا.
error-auth-provider-missing = لم يُعدّ مزوّد OpenID؛ يعدّه مشرف في الإعدادات.
error-auth-provider-fixed = مزوّد OpenID مذكور في إعدادات هذا الـ Gitu (‎GITU_OPENID_ISSUER)؛ غيّره هناك.
error-auth-provider-failed = لا يمكن استخدام مزوّد تسجيل الدخول ({ $service }): { $reason }. تحقق من عنوانه أو أعد المحاولة.
error-auth-openid-state = طال تسجيل الدخول هذا، أو استُعمل من قبل، أو بدأ في متصفح آخر؛ ابدأ من جديد هنا.
error-auth-openid-taken = ذلك الحساب لدى المزوّد يُدخل شخصًا آخر هنا؛ فُكّ ربطه هناك أولًا.

# الأفعال.

action-identity-accept-invitation = إنشاء حساب بدعوة
action-identity-change-password = تغيير كلمة مرورك وتسجيل خروج أجهزتك الأخرى
action-identity-claim-pairing = تسجيل دخول طرفية مؤكَّدة
action-identity-create-pairing-token = إنشاء رمز يربط طرفية واحدة بحسابك خلال خمس دقائق؛ يتحقق أولًا أنك أنت
action-identity-decide-pairing = ربط طرفية منتظرة بحسابك أو رفضها؛ يتحقق أولًا قبل الربط أنك أنت
action-identity-look-at-pairing = عرض الطرفية التي خلف رمز ممسوح قبل أن تربطها
action-identity-redeem-pairing-token = تسجيل دخول طرفية برمز ربط
action-identity-revoke-other-devices = تسجيل الخروج من كل مكان آخر فورًا
action-identity-start-pairing = انتظار طرفية حتى يؤكدها شخص مسجّل الدخول
action-identity-confirm-second-factor = تفعيل رموز المرة الواحدة بأول رمز من تطبيقك؛ تظهر عشرة رموز استرداد مرة واحدة
action-identity-disable-second-factor = إيقاف رموز المرة الواحدة بكلمة مرورك أو برمز
action-identity-get-second-factor = عرض هل يطلب تسجيل دخولك رمزًا وكم بقي من رموز الاسترداد
action-identity-renew-recovery-codes = إنشاء عشرة رموز استرداد جديدة وإبطال القديمة
action-identity-reset-second-factor = نزع العامل الثاني لشخص ضاع تطبيقه ورموزه
action-identity-start-second-factor = بدء إعداد رموز المرة الواحدة: سر لتطبيقك؛ يتحقق أولًا أنك أنت
action-identity-take-second-step = إتمام تسجيل الدخول برمز مرة واحدة أو رمز استرداد
action-identity-add-passkey = حفظ مفتاح مرور أنشأه متصفحك
action-identity-list-passkeys = عرض مفاتيح المرور الخاصة بك
action-identity-remove-passkey = إزالة مفتاح مرور؛ لن يُدخلك بعدها
action-identity-rename-passkey = تغيير اسم مفتاح مرور
action-identity-sign-in-with-passkey = تسجيل الدخول بمفتاح مرور بلا كلمة مرور
action-identity-start-passkey = بدء إنشاء مفتاح مرور؛ يتحقق أولًا أنك أنت
action-identity-start-passkey-sign-in = بدء تسجيل الدخول بمفتاح مرور
action-identity-finish-openid = العودة من مزوّد OpenID: بتسجيل الدخول أو بربط حسابك
action-identity-get-openid-provider = عرض مزوّد OpenID الذي يسجّل الناس الدخول به
action-identity-list-openid-links = عرض الحسابات لدى مزوّدي OpenID التي تُدخلك
action-identity-remove-openid-link = فك ربط حساب لدى مزوّد OpenID؛ لن يُدخلك بعدها
action-identity-remove-openid-provider = إيقاف تسجيل الدخول بمزوّد OpenID
action-identity-set-openid-provider = السماح بتسجيل الدخول بمزوّد OpenID
action-identity-start-openid = بدء تسجيل الدخول أو الانضمام بمزوّد OpenID
action-identity-start-openid-link = بدء ربط حسابك لدى مزوّد OpenID؛ يتحقق أولًا أنك أنت
action-identity-create-api-key = إنشاء مفتاح واجهة ببعض أذونك؛ يظهر مرة واحدة
action-identity-create-invitation = دعوة شخص؛ يظهر الرابط مرة واحدة ويصلح سبعة أيام
action-identity-create-owner = إنشاء المالك برابط المرة الواحدة المطبوع عند أول تشغيل
action-identity-get-instance = عرض اسم Gitu هذا وإصداره وهل له مالك
action-identity-get-me = عرض حسابك وأذونك وتفضيلاتك
action-identity-list-api-keys = عرض مفاتيح الواجهة الخاصة بك
action-identity-list-devices = عرض الأجهزة التي سجّلت الدخول عليها
action-identity-list-invitations = عرض دعوات Gitu هذا
action-identity-list-scopes = عرض الأذون التي لك، ولك أن تعطيها لمفتاح
action-identity-list-users = عرض أشخاص Gitu هذا
action-identity-refresh = البقاء مسجّل الدخول: استبدال رمز التجديد برموز جديدة
action-identity-revoke-api-key = إلغاء مفتاح واجهة فورًا
action-identity-revoke-device = تسجيل خروج جهاز فورًا
action-identity-revoke-invitation = سحب دعوة
action-identity-sign-in = تسجيل الدخول على هذا الجهاز
action-identity-sign-out = تسجيل الخروج من هذا الجهاز
action-identity-sign-up = إنشاء حساب حيث فتح المالك باب التسجيل
action-identity-update-instance = تغيير اسم Gitu هذا ومن يحق له التسجيل
action-identity-update-me = تغيير الاسم الذي يراه الآخرون
action-identity-update-preferences = تغيير لغتك والمظهر والمنطقة الزمنية وساعات الهدوء والإشعارات
action-identity-update-user = تغيير دور شخص، أو إغلاق دخوله وإعادة فتحه

# الأذون.

scope-me-read = الاطلاع على حسابك
scope-me-write = تغيير حسابك وتفضيلاتك
scope-devices-read = الاطلاع على أجهزتك المسجّلة
scope-devices-write = تسجيل خروج الأجهزة
scope-devices-link = ربط طرفيات بحسابك
scope-factors-read = الاطلاع على طرق تسجيل دخولك
scope-factors-write = تغيير طرق تسجيل دخولك
scope-keys-read = الاطلاع على مفاتيح API الخاصة بك
scope-keys-write = إنشاء مفاتيح API الخاصة بك وإلغاؤها
scope-users-read = الاطلاع على الأشخاص والدعوات
scope-users-invite = دعوة أشخاص
scope-users-admin = تغيير الأدوار وإغلاق الحسابات
scope-instance-write = تغيير إعدادات هذا الـ Gitu

field-time-zone = ليس منطقة زمنية؛ استخدم اسمًا مثل Asia/Riyadh أو Africa/Cairo
field-login-spaces = لا يجوز أن يحوي مسافات

## عناوين الأخطاء.

title-auth-password-wrong = كلمة المرور الحالية غير صحيحة
title-auth-sign-in-failed = فشل تسجيل الدخول
title-auth-expired = سجّل الدخول من جديد
title-auth-token-invalid = المفتاح غير صالح
title-auth-sign-up-closed = بدعوة فقط
title-auth-link-invalid = الرابط غير صالح
title-auth-owner-exists = هناك مالك بالفعل
title-auth-login-taken = اسم الدخول هذا مأخوذ
title-auth-throttled = محاولات كثيرة
title-auth-code-wrong = الرمز غير صحيح
title-auth-last-way-in = هذا طريقك الوحيد للدخول
title-auth-openid-state = ابدأ من جديد
title-auth-openid-taken = هذا الحساب مربوط من قبل
title-auth-pairing-invalid = رابط الطرفية غير صالح
title-auth-pairing-pending = لم يؤكَّد بعد
title-auth-passkey-invalid = لم يُضف مفتاح المرور
title-auth-passkey-refused = فشل تسجيل الدخول
title-auth-person-needed = لا يجوز هذا إلا لشخص
title-auth-provider-failed = تعطّل مزوّد الدخول
title-auth-provider-fixed = المزوّد معيّن في الإعدادات
title-auth-provider-missing = لا مزوّد للدخول
title-auth-second-factor-missing = لا عامل ثانيًا
title-auth-second-factor-there = هناك عامل ثانٍ بالفعل
title-auth-second-step-expired = سجّل الدخول من جديد
title-auth-too-many-passkeys = مفاتيح مرور كثيرة

field-unasked-beyond = يتضمن إذنًا ليس للمفتاح
field-code-wrong = غير صحيح أو استُعمل من قبل

about-identity-create-api-key-scopes = ما يجوز له أن يطلبه على الأكثر.
about-identity-create-api-key-reads = يقرأ ما تصل إليه نطاقاته دون سؤال.
about-identity-create-api-key-unasked = ما يغيّر به أشياء من نطاقاته دون سؤال.
about-identity-create-api-key-requests-per-minute = عند بوابة النماذج (‎/v1)؛ وإلا فكأي مفتاح.
about-identity-create-api-key-limits = إلى أي حد يسري ذلك خارج Gitu؛ وإلا فللملفات التي تصل إليها نطاقاته فقط.

error-auth-confirmation-needed = أكّد بكلمة مرورك أو برمز أو بمفتاح مرور أنك أنت، ثم أعد هذا خلال عشر دقائق.
error-auth-passkey-not-confirmed = مفتاح المرور هذا ليس من مفاتيحك هنا، أو طال الأمر؛ حاول مرة أخرى أو بطريقة أخرى.
title-auth-confirmation-needed = أهذا أنت؟
title-auth-passkey-not-confirmed = لم يؤكد مفتاح المرور أنك أنت

action-identity-get-confirmation = عرض المدة التي يُعد فيها هذا الجهاز مؤكَّدًا، وكيف تؤكد أنك أنت
action-identity-confirm = تأكيد أنك أنت بكلمة المرور أو برمز، للدقائق التالية على هذا الجهاز
action-identity-start-passkey-confirmation = بدء تأكيد أنك أنت بمفتاح مرور
action-identity-confirm-with-passkey = تأكيد أنك أنت بمفتاح مرور، للدقائق التالية على هذا الجهاز

# ما يُحفظ عن الناس.

kind-account = الحساب
kind-account-what = اسمك واسم دخولك ودورك وتفضيلاتك، والدعوات التي أنشأتها.
kind-account-why = كي تستعمل Gitu هذا بصفتك أنت.
kind-sign-in = تسجيل الدخول
kind-sign-in-what = أجهزتك مع عناوينها وآخر استعمال لها، ومفاتيح المرور، والرموز لمرة واحدة، ومفاتيح API، والحسابات المربوطة؛ ومن الأسرار بصماتها أو ما هو مشفَّر منها فقط.
kind-sign-in-why = كي لا يدخل سواك، وكي ترى من أين دُخل.

error-auth-sign-in-again = ليست لك هنا كلمة مرور ولا مفتاح مرور؛ سجّل الخروج ثم الدخول من جديد، وافعل ذلك خلال { $minutes } دقيقة.
title-auth-sign-in-again = سجّل الدخول من جديد أولًا

error-auth-successor-not-admin = ‏{ $login } ليس مشرفًا له حق الدخول؛ اجعله مشرفًا أولًا ثم سلّمه Gitu هذا.
title-auth-successor-not-admin = لا يصير مالكًا إلا مشرف
action-identity-hand-over = جعل مشرف مالكًا لـ Gitu هذا مكانك؛ وتبقى أنت مشرفًا
