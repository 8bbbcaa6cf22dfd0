assistant-no-model = لا يوجد نموذج مربوط بعد، لذلك لا أستطيع الإجابة بحرية. اربط نموذجًا من الإعدادات، النماذج (مفتاح مزوّد، أو عنوان خادم مثل Ollama). إلى ذلك الحين تعمل الأوامر: اكتب ‎/help لتراها.
assistant-context-trimmed = { $count ->
    [zero] لم تُترك أي رسالة.
    [one] تُركت رسالة قديمة واحدة: المحادثة أطول مما يستطيع هذا النموذج قراءته دفعة واحدة.
    [two] تُركت رسالتان قديمتان: المحادثة أطول مما يستطيع هذا النموذج قراءته دفعة واحدة.
    [few] تُركت { $count } رسائل قديمة: المحادثة أطول مما يستطيع هذا النموذج قراءته دفعة واحدة.
    [many] تُركت { $count } رسالة قديمة: المحادثة أطول مما يستطيع هذا النموذج قراءته دفعة واحدة.
   *[other] تُركت { $count } رسالة قديمة: المحادثة أطول مما يستطيع هذا النموذج قراءته دفعة واحدة.
}
assistant-help-command = الأمر
assistant-help-summary = ما يفعله
assistant-call-denied = رفضتَ هذا، فلم يُنفَّذ.
assistant-call-expired = لم يرد أحد في الوقت، فلم يُنفَّذ.
assistant-command-done = تم.
assistant-command-empty = لا شيء هنا بعد.
assistant-command-more = هناك المزيد؛ أعد الأمر مع ‎--cursor { $cursor }

# الأخطاء.

error-assistant-session-not-found = لا توجد محادثة { $id }، أو ليست لك؛ يعرض ‎/assistant list-sessions محادثاتك.
error-assistant-turn-not-found = لا يوجد جواب { $id } جارٍ أو منتهٍ، أو ليس لك.
error-assistant-message-not-editable = لا يمكن تعديل سوى رسائلك أنت في هذه المحادثة ثم إرسالها من جديد.
error-assistant-turn-running = ما زال المساعد يجيب هنا؛ أوقفه، أو انتظر حتى ينتهي.
error-assistant-session-ended = انتهت هذه المحادثة؛ استأنفها، أو ابدأ محادثة جديدة.
error-assistant-no-such-person = لا أحد هنا يدخل بالاسم { $login }؛ تحقق من اسم الدخول.
error-assistant-turn-cut = انقطع الجواب عندما توقف Gitu؛ ما وصل منه محفوظ. أرسل رسالتك مرة أخرى للمتابعة.
error-assistant-message-too-long = هذا أطول مما يستطيع { $model } قراءته دفعة واحدة (نحو { $window } وحدة نصية)؛ اختصره، أو اختر نموذجًا أوسع نافذة.
error-assistant-turn-failed = تعذّر الجواب لسبب لم يتوقعه أحد؛ تفاصيله في السجل تحت { $turn }. أرسل رسالتك مرة أخرى.
error-assistant-too-many-steps = استدعى النموذج الأدوات مرات عددها { $steps } دون أن يصل إلى جواب، فأُوقف؛ اطلب خطوة أصغر.

# الأفعال.

action-assistant-delete-session = حذف محادثة بكل رسائلها
action-assistant-end-session = إنهاء محادثة؛ ويمكن استئنافها
action-assistant-get-session = عرض محادثة
action-assistant-get-status = عرض حال Gitu هذا: الإصدار والنموذج والمحادثات المفتوحة والأجوبة الجارية
action-assistant-get-turn = عرض مدى تقدم جواب
action-assistant-list-messages = قراءة رسائل محادثة، الأحدث أولًا
action-assistant-list-sessions = عرض محادثاتك، أو البحث في عناوينها ورسائلها
action-assistant-open-session = بدء محادثة، أو متابعة المفتوحة من موضوع قناة
action-assistant-resume-session = متابعة محادثة أُنهيت
action-assistant-send-message = إرسال رسالة أو أمر؛ ويصل الجواب تباعًا
action-assistant-share-session = السماح لشخص آخر على Gitu هذا بقراءة محادثة
action-assistant-stop-everything = إيقاف كل ما يعمل باسمك الآن
action-assistant-stop-turn = إيقاف جواب؛ ويبقى ما وصل منه
action-assistant-update-session = تغيير اسم محادثة، أو اختيار نموذجها

# الأذون.

scope-assistant-chat = محادثة المساعد
scope-assistant-read = قراءة محادثاتك
scope-assistant-write = تسمية المحادثات ومشاركتها وإنهاؤها وحذفها
scope-status-read = الاطلاع على حالة هذا الـ Gitu
assistant-call-cut = وافقتَ على هذا وبدأ ثم انقطع، ولا يُعرف هل تم؛ انظر إلى ما نتج عنه.
assistant-call-failed = وافقتَ على هذا ثم فشل؛ انظر إلى ما نتج عنه.
assistant-unproven = يقول هذا الجواب إن شيئًا قد تمّ ولا إيصال له: لم يُنفَّذ هنا إجراء يفعل ذلك. خذه بحذر.

## عناوين الأخطاء.

title-assistant-message-not-editable = لا يمكن تعديل هذه الرسالة
title-assistant-message-too-long = أطول مما يسعه النموذج
title-assistant-turn-running = الإجابة جارية
title-assistant-session-ended = انتهت هذه المحادثة
title-assistant-turn-cut = انقطعت الإجابة
title-assistant-turn-failed = فشلت الإجابة
title-assistant-too-many-steps = أُوقف تكرار بلا نهاية

about-assistant-list-sessions-query = كلمات يُبحث عنها في العناوين والرسائل.
about-assistant-send-message-model = نموذج هذه المحادثة من الآن فصاعدًا.

kind-conversations = المحادثات
kind-conversations-what = ما كتبته أنت والمساعد، والنداءات التي أجراها لأجلك، ومن تشاركه محادثة.
kind-conversations-why = كي تتابع محادثة وتجدها من جديد.
