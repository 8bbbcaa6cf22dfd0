# الأخطاء.

error-sandbox-unavailable = لا يمكن تنفيذ الأوامر هنا، إذ لا شيء يعزلها: { $reason }
error-sandbox-failed = لم تبدأ البيئة المعزولة: { $reason }
error-sandbox-gone = انتهت البيئة المعزولة ({ $reason }) وانتهى الأمر معها؛ نفّذ الأمر مرة أخرى في بيئة جديدة.
error-sandbox-too-many = تعمل { $count } من البيئات المعزولة الآن؛ أنهِ إحداها، أو انتظر حتى تُغلق إحداها لخمولها.
error-sandbox-folder-refused = لا يمكن إتاحة المجلد { $folder } لبيئة معزولة: { $reason }
error-sandbox-command-not-started = لم يبدأ الأمر: { $reason }
error-sandbox-host-rule-invalid = لا تسمّي { $rule } مضيفًا؛ اكتب مثلًا pypi.org أو ‎*.example.org:443 أو 10.0.0.5:8080.

# الأسباب.

sandbox-reason-off = إعداد GITU_SANDBOX هو off؛ اجعله auto وأعد تشغيل Gitu.
sandbox-reason-not-linux = يحتاج bubblewrap إلى لينكس؛ اجعل GITU_SANDBOX docker أو podman.
sandbox-reason-no-bubblewrap = bubblewrap غير مثبّت؛ ثبّته (Debian و Ubuntu:‏ apt install bubblewrap، و Fedora:‏ dnf install bubblewrap)، أو اجعل GITU_SANDBOX docker أو podman.
sandbox-reason-no-libseccomp = مكتبة libseccomp غير مثبّتة؛ ثبّتها (Debian و Ubuntu:‏ apt install libseccomp2).
sandbox-reason-userns-off = فضاءات أسماء المستخدمين معطّلة؛ اضبط في النواة { $setting }.
sandbox-reason-userns-refused = لا يسمح هذا الجهاز لـ bubblewrap بإنشاء فضاءات أسماء المستخدمين؛ اسمح بذلك في Ubuntu 23.10 وما بعده بملف AppArmor لـ bwrap أو بالإعداد kernel.apparmor_restrict_unprivileged_userns=0، وفي الحاوية اسمح لها بفضاءات أسماء المستخدمين. ({ $said })
sandbox-reason-no-engine = { $engine } غير مثبّت؛ ثبّته، أو ثبّت bubblewrap.
sandbox-reason-engine-silent = لا يجيب { $engine }؛ شغّله، وتحقق من أن Gitu يستطيع استخدامه ({ $engine } info).
sandbox-reason-no-image = لا صورة { $image } لدى { $engine }؛ اجلبها بالأمر { $engine } pull { $image }.
sandbox-reason-trial-failed = انتهى أمر التجربة بالرمز { $code }: { $said }
sandbox-reason-no-groups = لا يمكن الكتابة في مجموعات التحكم هنا، فالذاكرة ووقت المعالج محدودان لكل عملية على حدة، لا للبيئة المعزولة كلها.
sandbox-reason-some-groups = مجموعات التحكم هذه مفقودة: { $groups }.
sandbox-reason-no-own-filter = لا يسري إلا مرشّح استدعاءات النظام الخاص بالمحرّك. { $why }
sandbox-reason-replaced = حلّ مجلد آخر محل { $folder } في هذه الأثناء؛ حاول مرة أخرى.
sandbox-reason-said = { $said }
sandbox-reason-silent = انتهت دون أن تقول شيئًا.
sandbox-reason-target-odd = ‏{ $target } ليس مسارًا مطلقًا في الداخل؛ اكتب مثلًا ‎/workspace/name.
sandbox-reason-target-taken = الموضع { $target } مأخوذ؛ اختر موضعًا آخر في الداخل.
sandbox-reason-path-odd = يجب أن يكون مسارًا مطلقًا لا يحتوي على ‎..
sandbox-reason-protected = هو من مجلدات النظام أو من مجلدات Gitu نفسه، أو يحتوي على واحد منها؛ اختر مجلدًا أضيق.
sandbox-reason-link = في مساره رابط رمزي أو ملف؛ أتح المجلد الحقيقي.
sandbox-reason-no-folder = ليس مجلدًا.
sandbox-reason-no-cwd = لا مجلد { $folder } في الداخل، أو لا يمكن دخوله؛ اختر مجلدًا آخر.
sandbox-reason-exhausted = لم يبق في البيئة المعزولة عمليات أو واصفات ملفات؛ أنهِ ما يعمل فيها، أو ارفع حدودها.
sandbox-reason-no-setup = تعذّر ضبط حدوده أو طرفيته ({ $error }).
sandbox-reason-closed = أُغلقت
sandbox-reason-idle = كانت خاملة
sandbox-reason-withdrawn = سُحب أحد مجلداتها
sandbox-reason-full = تحوي مساحة العمل أكثر من { $limit } بايت المسموح بها؛ احذف ما لا حاجة إليه
sandbox-reason-disk = بقي في القرص الذي تكتب فيه أقل من { $least } بايت
sandbox-reason-changed = تغيّرت مجلداتها أو شبكتها أو حدودها
sandbox-reason-stopping = يتوقف Gitu
sandbox-reason-died = انتهت عمليتها الأولى
sandbox-reason-nonsense = قالت عمليتها الأولى ما لا معنى له
sandbox-reason-unkillable = تعذّر إنهاء أحد الأوامر
sandbox-reason-busy = تعمل فيها { $count } من الأوامر معًا
sandbox-reason-foreign = اسمها لجلسة شخص آخر
field-one-form = أعطِ argv أو shell، لا كليهما
field-no-program = يجب أن يبدأ argv ببرنامج
field-command-nul = لا يجوز أن يحوي الأمر المحرف NUL

## عناوين الأخطاء.

title-sandbox-folder-refused = لا يمكن إتاحة هذا المجلد لبيئة معزولة
title-sandbox-command-not-started = لم يبدأ الأمر
title-sandbox-host-rule-invalid = لا يمكن السماح بهذا المضيف
title-sandbox-gone = انتهت البيئة المعزولة
title-sandbox-too-many = بيئات معزولة كثيرة
title-sandbox-unavailable = لا بيئة معزولة
title-sandbox-failed = لم تبدأ البيئة المعزولة
