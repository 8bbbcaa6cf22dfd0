# جمل الخادم وباب HTTP.

error-request-host-unknown = ليس { $host } من عناوين Gitu هذا؛ افتحه بالعنوان الذي طبعه، أو عيّن GITU_PUBLIC_URL.
error-request-origin-foreign = جاء الطلب من { $origin }، وهو موقع آخر؛ افتح Gitu نفسه وأعد الطلب منه.
error-request-path-unknown = لا شيء عند { $path }؛ يعرض ‎/api/v1/openapi.json كل ما هو موجود.
error-request-method-unknown = لا يمكن { $method } عند { $path }؛ يعرض ‎/api/v1/openapi.json ما يمكن.
error-request-malformed = تعذّرت قراءة الطلب: { $reason }. أرسل JSON بترميز UTF-8.
error-server-port-taken = لا منفذ خاليًا من { $first } إلى { $last } على { $host }؛ أخلِ منفذًا، أو سمِّ غيره بـ ‎--port.
error-server-exposed = سيصغي Gitu على { $host } خارج هذا الجهاز، لكن { $missing }. شغّله على 127.0.0.1 أولًا، أو أكمل الناقص.

field-frame = يجب أن يكون ping أو watch أو unwatch أو execute أو watch_run أو unwatch_run أو run_input أو run_resize أو stop_run مع حقوله
request-not-json = ليس JSON سليمًا
request-unreadable = تعذّر فهم متنه

## عناوين الأخطاء.

title-request-host-unknown = عنوان غير معروف
title-request-origin-foreign = مرفوض: جاء من موقع آخر
title-request-method-unknown = غير ممكن بهذه الطريقة
title-request-malformed = تعذّرت قراءة الطلب

error-gateway-key-missing = تحتاج البوابة إلى مفتاح API؛ أرسله هكذا: Authorization: Bearer gitu_key…، ويُصنع المفتاح من الإعدادات، مفاتيح API.
error-gateway-no-such-path = لا يوجد { $path } هنا؛ في البوابة ‎/v1/models و‎/v1/chat/completions و‎/v1/responses و‎/v1/embeddings.
