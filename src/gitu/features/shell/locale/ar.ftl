# الأوامر.

error-shell-run-not-found = لا يوجد تشغيل { $id } أو أنه ليس لك؛ الأمر ‎/shell list-runs يعرض ما شغّلته.
error-shell-run-exists = يوجد تشغيل بالمعرّف { $id }؛ اختر معرّفًا آخر أو اتركه فارغًا.
error-shell-run-over = لا يقبل التشغيل { $id } إدخالًا ولا حجمًا: إما أنه انتهى، أو أنه لا يعمل في طرفية هنا.
error-shell-sandbox-busy = ما زال أمر يعمل هنا بمجلدات أو مضيفين آخرين؛ انتظر نهايته أو أوقفه، لأن التغيير يُنهي بيئة العزل.
error-shell-unsandboxed-off = تشغيل الأوامر خارج بيئة العزل معطّل هنا؛ يستطيع مشغّل Gitu السماح به عبر GITU_SHELL_UNSANDBOXED=true ثم إعادة التشغيل. أما داخلها فاستخدم shell run-command.
error-shell-folder-not-allowed = لا يوجد مجلد مسموح به لك بالمعرّف { $id }؛ الأمر ‎/files list-folders يعرض مجلداتك.
error-shell-stdin-invalid = ما أُعطي للأمر ليقرأه ليس base64 صحيحًا.

# الأفعال.

action-shell-run-command = تشغيل أمر في بيئة معزولة
action-shell-run-unsandboxed = تشغيل أمر خارج بيئة العزل، بكل حقوق Gitu على هذا الجهاز
action-shell-list-runs = عرض الأوامر التي شغّلتها أو شُغّلت لأجلك، الأحدث أولًا
action-shell-get-run = عرض تشغيل مع ما حُفظ من مخرجاته
action-shell-stop-run = إيقاف أمر فورًا مع كل ما بدأه
action-shell-list-sandboxes = عرض بيئاتك المعزولة العاملة
action-shell-close-sandbox = إنهاء بيئة معزولة مع كل ما يعمل فيها؛ يحصل الأمر التالي على بيئة جديدة، وتبقى ملفاتك

# الأذون.

scope-shell-read = الاطلاع على الأوامر التي شغّلتها وما كتبته
scope-shell-run = تشغيل أوامر في بيئة معزولة
scope-shell-unsandboxed = تشغيل أوامر خارج بيئة العزل

## عناوين الأخطاء.

title-shell-run-exists = هذا المعرّف مأخوذ
title-shell-run-over = انتهى من قبل
title-shell-sandbox-busy = البيئة المعزولة قيد الاستعمال
title-shell-unsandboxed-off = لا تُنفَّذ الأوامر إلا في البيئة المعزولة

## ما في حقول الإجراءات

about-shell-close-sandbox-sandbox = اسمها كما في القائمة.
about-shell-run-id = معرّف التنفيذ، تختاره أنت لتتابعه من أوله.
about-shell-stdin = ما يقرؤه الأمر من دخله القياسي.
about-shell-stdin-encoding = هل stdin نص، أو بايتات بترميز base64.
about-shell-timeout-s = الثواني التي ينتهي بعدها.
about-shell-run-command-command = سطر يُعطى ‎/bin/sh.
about-shell-run-command-cwd = المجلد الذي يُنفَّذ فيه داخل البيئة المعزولة؛ وبدونه ‎/workspace.
about-shell-run-command-folders = معرّفات المجلدات المسموح بها التي تُركَّب.
about-shell-run-command-hosts = المضيفون الذين يجوز له الوصول إليهم، مثل pypi.org أو ‎*.example.org:443؛ وإلا فلا أحد.
about-shell-run-command-terminal = تنفيذه في طرفية بهذا المقاس.
about-shell-run-unsandboxed-command = سطر يُعطى ‎/bin/sh ويُنفَّذ بكل ما لـ Gitu من صلاحيات على هذا الجهاز.

# ما يُحفظ عن الناس.

kind-commands = الأوامر
kind-commands-what = أوامر نُفِّذت لأجلك، وأول ما كتبته وآخره.
kind-commands-why = كي ترى ما نُفِّذ لأجلك.
