# ما يقوله سطر الأوامر.

cli-problem = رفض الخادم الطلب.
cli-unforeseen = حدث خطأ ما ({ $kind }: { $reason }). يبيّن GITU_LOG_LEVEL=debug موضعه.
cli-done = تم.
cli-nothing = لا شيء هنا.
cli-more = هناك المزيد: --cursor { $cursor }
cli-bad-address = ‏{ $url } ليس عنوانًا؛ اكتب عنوانًا مثل https://gitu.example.org.
cli-not-gitu = ما يجيب عند { $url } ليس Gitu؛ تحقق من العنوان.
cli-unreachable = تعذر الوصول إلى Gitu عند { $url } ({ $reason }). شغّله بالأمر gitu serve، أو انظر gitu doctor.
cli-silent = لم يجب Gitu عند { $url } في الوقت المحدد؛ أعد المحاولة، أو انظر gitu doctor.
cli-owner-needed = ليس لهذا الـ Gitu مالك بعد؛ نفّذ gitu setup.
cli-server-gone = بدأ الخادم ثم توقف؛ انظر gitu doctor.
cli-starting = يبدأ Gitu …
cli-start-failed =
    تعذر تشغيل Gitu. آخر أسطر { $file }:
    { $lines }
cli-start-slow = لم يجهز Gitu خلال { $seconds } ثانية؛ انظر { $file }.
cli-none-runs = لا يعمل أي خادم هنا.
cli-stopped = توقف Gitu.
cli-stop-slow = طُلب من Gitu أن يتوقف وما زال يعمل بعد { $seconds } ثانية (العملية { $pid })؛ انظر سجله.
cli-stdin-empty = لم يصل شيء؛ مرره عبر الأنبوب: printf %s "$SECRET" | gitu …
cli-secret-needs-terminal = يلزم سر ولا طرفية ليُسأل عنه فيها؛ مرره عبر الأنبوب، انظر --help.
cli-ask-secret = ‏{ $name }:
cli-ask-login = اسم الدخول:
cli-ask-password = كلمة المرور:
cli-ask-code = رمز تطبيقك، أو رمز استرداد:
cli-login-needed = دخول من؟ أضف --login الاسم.
cli-signed-in = سُجّل دخولك باسم { $name } عند { $url }.
cli-signed-out = سُجّل خروج { $login }.
cli-not-signed-in = لم تسجل الدخول في أي مكان؛ أنت على هذا الجهاز المالك.
cli-config-good = كل الإعدادات معروفة وملائمة.
cli-config-no-toml = ليس { $file } ملف TOML سليمًا: { $reason }
cli-config-public-url = للاستماع على { $host } خارج هذا الجهاز، اجعل GITU_PUBLIC_URL العنوان الذي يفتحه الناس
cli-config-database-url = يجب أن يكون عنوان PostgreSQL مثل postgresql://user@host/name
cli-keys-rotated = المفتاح الرئيسي الجديد { $key }؛ عدد الأسرار التي أعيد تعميتها: { $count }.
cli-keys-unreadable = لا يمكن قراءة { $name } بأي مفتاح؛ أدخل هذا السر من جديد.
cli-keys-incomplete = تغيّرت بعض الأسرار أثناء ذلك؛ نفّذ gitu keys rotate مرة أخرى لاحقًا. لم يُفقد شيء.
cli-audit-whole = سجل التدقيق سليم: عدد القيود المختومة { $count }، وبانتظار الختم { $waiting }.
cli-audit-no-head = سجل نهاية القيود مفقود، فلن يُلاحظ قطع نهايتها؛ يكتبه الخادم من جديد.
cli-audit-missing = القيد { $seq } من سجل التدقيق مفقود: حُذفت قيود أو أعيد ترقيمها. قارن بنسخة احتياطية.
cli-audit-changed = القيد { $seq } من سجل التدقيق ليس ما خُتم: عُدّل أو أُدخل. قارن بنسخة احتياطية.
cli-audit-rewritten = كُتب سجل التدقيق من جديد حتى القيد { $seq }. قارنه بنسخة احتياطية.
cli-audit-cut = قُطعت نهاية سجل التدقيق قبل القيد { $seq }. قارنه بنسخة احتياطية.

## gitu node

node-no-extra = يحتاج gitu node إلى الحزمة { $package } وهي غير مثبتة؛ ثبّتها بالأمر: pip install "gitu[infer]"
node-choice = لا يصح { $given } للخيار { $option }؛ المتاح: { $choices }.
node-no-key-file = تعذرت قراءة ملف المفتاح { $file } ({ $reason }).
node-open-key-file = يستطيع آخرون قراءة ملف المفتاح { $file }؛ نفّذ: chmod 600 "{ $file }"
node-bad-key-file = يجب أن يحوي ملف المفتاح { $file } سطرًا واحدًا هو المفتاح.
node-model-or-upstream = اذكر ما يُقدَّم: --model FOLDER لمجلد نموذج، أو --upstream URL لعنوان خادم آخر؛ أحدهما فقط.
node-bad-upstream = ‏{ $url } ليس عنوانًا؛ اكتب عنوانًا مثل http://127.0.0.1:8000.
node-exposed = ستصغي العقدة على { $host } خارج هذا الجهاز بلا مفتاح. عيّن GITU_NODE_KEY أو اذكر ‎--key-file، أو ابقَ على 127.0.0.1.
node-short-key = مفتاح الإصغاء خارج هذا الجهاز لا يقل عن { $least } حرفًا؛ أنشئ واحدًا بالأمر: openssl rand -hex 32
node-port = لا تستطيع العقدة الإصغاء على { $host } بالمنفذ { $port } ({ $reason })؛ حرّره، أو اذكر غيره بالخيار ‎--port.
node-no-folder = لا يوجد مجلد { $folder }؛ اذكر مجلد نموذج.
node-no-model = ‏{ $folder } ليس مجلد نموذج: ينقصه { $missing }. تبيّن الصفحة docs/node.md ما يكون فيه.
node-bad-description = محتوى { $file } غير ملائم: { $reason }.
node-bad-tokenizer = ‏{ $file } ليس مُجزِّئ نصوص: { $reason }.
node-bad-template = قالب المحادثة في gitu-model.json ليس Jinja صحيحًا: { $reason }.
node-unknown-token = يذكر gitu-model.json الرمز { $token } وهو غير موجود في { $file }.
node-vocabulary = لا يلائم { $file } الملف tokenizer.json ‏({ $reason })؛ يجب أن يكونا من النموذج نفسه.
node-no-cuda = لا توجد هنا بطاقة NVIDIA صالحة للاستعمال؛ اترك ‎--device، أو انظر nvidia-smi.
node-compute-type = لا يستطيع { $device } هنا الحساب بالنوع { $wanted }؛ المتاح: { $supported }.
node-load-failed = تعذر تحميل النموذج في { $folder }: { $reason }.

## gitu auth

auth-how = أنشئ رمزًا في تطبيق الويب تحت الإعدادات › الأجهزة واكتبه هنا، أو استخدم gitu auth --qr وهاتفك.
auth-ask-token = الرمز:
auth-token-needed = حدّد الرمز: gitu auth TOKEN. ينشئه تطبيق الويب تحت الإعدادات › الأجهزة.
auth-not-a-token = ليس هذا رمز ربط؛ يبدأ رمز الربط بـ gitu_pair_. ينشئه تطبيق الويب تحت الإعدادات › الأجهزة.
auth-scan = امسح هذا بهاتفك، وتحقق من أنه يعرض { $code }، ثم أكّد. يصلح دقيقتين. وهذا رابطه:
auth-only-here = هذا الـ Gitu مفتوح لهذا الجهاز وحده فلا يصل إليه الهاتف؛ افتح الرابط في متصفح هنا.
auth-expired = انتهت الدقيقتان.
auth-denied = رُفض الطلب.
auth-lost = لم يعد الخادم مسموعًا.
auth-fall-back = يكفي رمز أيضًا: أنشئ واحدًا في تطبيق الويب تحت الإعدادات › الأجهزة.
auth-signed-in = سُجّل الدخول باسم { $name } ({ $login }) على { $url }.
auth-valid-until = يصلح حتى { $day }، ويمتد مع كل استخدام.
auth-device = معرّف هذه الطرفية: { $id }
auth-refreshed = جُدّد؛ يصلح حتى { $day }.
auth-ended = انتهى تسجيل دخول هذه الطرفية أو أُلغي؛ اربطها من جديد بالأمر gitu auth.
auth-nothing-to-refresh = هذه الطرفية غير مسجّلة الدخول؛ اربطها بالأمر gitu auth.

## gitu doctor

doctor-crashed = ‏{ $check }: فشل الفحص نفسه ({ $reason }).
doctor-python = إصدار Python هو { $version }
doctor-python-old = إصدار Python ‏{ $version } قديم؛ ثبّت { $wanted } أو أحدث.
doctor-settings = الإعدادات معروفة وملائمة.
doctor-setting = إعداد { $problem }
doctor-home = مجلد البيانات { $folder } مغلق أمام الآخرين
doctor-home-new = سيُنشأ مجلد البيانات { $folder } عند أول تشغيل.
doctor-home-closed = لا يمكن الكتابة في { $folder }؛ غيّر مالكه، أو اجعل GITU_HOME مجلدًا آخر.
doctor-home-open = يستطيع آخرون قراءة { $folder }؛ نفّذ: chmod 700 "{ $folder }"
doctor-keys = المفاتيح الرئيسية في { $file }؛ احتفظ بنسخة في مكان آمن.
doctor-keys-new = ستُنشأ المفاتيح الرئيسية عند أول تشغيل.
doctor-keys-environment = المفاتيح الرئيسية من GITU_MASTER_KEYS.
doctor-keys-missing = الملف { $file } مفقود؛ لا تُقرأ الأسرار المحفوظة بدونه. أعده من نسختك.
doctor-keys-open = يستطيع آخرون قراءة { $file }؛ نفّذ: chmod 600 "{ $file }"
doctor-keys-broken = لا يمكن قراءة { $file }؛ أعده من نسختك.
doctor-disk = المساحة الحرة على القرص { $free } غيغابايت
doctor-disk-little = لم يبق لـ { $folder } إلا { $free } غيغابايت؛ أفسح مكانًا قريبًا.
doctor-disk-full = لم يبق لـ { $folder } إلا { $free } غيغابايت؛ أفسح مكانًا الآن، وإلا فلن يُحفظ شيء.
doctor-sandbox = تُنفَّذ الأوامر في بيئات معزولة عبر { $backend }.
doctor-sandbox-off = تنفيذ الأوامر موقوف (GITU_SANDBOX=off).
doctor-sandbox-none = تُرفض الأوامر، إذ لا شيء يعزلها: { $problem }
doctor-sandbox-note = البيئات المعزولة: { $note }
doctor-database = يجيب PostgreSQL ‏{ $version }، عند الترحيل { $at }.
doctor-database-asleep = تبدأ قاعدة بيانات Gitu مع الخادم.
doctor-database-away = تعذر الوصول إلى قاعدة البيانات: { $reason }. شغّلها، أو تحقق من DATABASE_URL.
doctor-database-old = إصدار PostgreSQL ‏{ $version } قديم؛ استخدم 15 أو أحدث.
doctor-database-newer = قاعدة البيانات عند { $at }، أحدث من هذا الـ Gitu ({ $known })؛ حدّث Gitu.
doctor-database-behind = قاعدة البيانات عند { $at } وهذا الـ Gitu عند { $known }؛ سيحدّثها gitu serve عند تشغيله.
doctor-server = يعمل الخادم { $version } عند { $url }.
doctor-server-other = يعمل الخادم بالإصدار { $version } وهذا { $ours }؛ أعد تشغيله.
doctor-server-failing = الخادم عند { $url } غير جاهز: { $reason } أعد تشغيله؛ سجله في مجلد logs في مجلد البيانات.
doctor-server-asleep = لا يعمل أي خادم؛ المنفذ { $port } متاح. شغّله بالأمر gitu serve.
doctor-port-taken = لا يعمل أي خادم، والمنفذ { $host }:{ $port } يشغله برنامج آخر؛ سيأخذ Gitu المنفذ المتاح التالي.
doctor-owner-needed = لا مالك بعد؛ نفّذ gitu setup.
doctor-model = يجيب ربط النموذج { $name } خلال { $milliseconds } مللي ثانية.
doctor-model-failing = ربط النموذج { $name }: { $reason }
doctor-models-none = لا نموذج موصول؛ نفّذ gitu setup، أو gitu models create-connection --help.
doctor-node = تجيب العقدة { $name } على { $address } في { $milliseconds } مللي ثانية.
doctor-node-failing = العقدة { $name }: { $problem }
doctor-node-other = تعمل العقدة { $name } بالإصدار { $version } وهذا { $ours }؛ حدّث الأقدم منهما.
doctor-port = المنافذ: { $text }
doctor-port-commands = المنافذ: { $text } ({ $commands })
doctor-clock = الساعة: { $now }
doctor-clock-off = تختلف ساعة هذا الجهاز عن ساعة الخادم { $seconds } ثانية؛ اضبطهما عبر NTP.
doctor-audit = سجل التدقيق مختوم حتى { $seq } ({ $hash }…).
doctor-audit-unsealed = آخر { $count } قيود في سجل التدقيق لم تُختم بعد؛ إن بقي الحال كذلك فأعد تشغيل الخادم.

## gitu setup

setup-variable-empty = متغير البيئة { $name } غير معيّن أو فارغ.
setup-missing = لا مالك بعد ولا أحد يُسأل؛ أضف { $options } أيضًا (انظر gitu setup --help).
setup-owner-made = ‏{ $name } هو المالك الآن.
setup-owner-there = هناك مالك بالفعل: { $name }.
setup-no-model = لا نموذج موصول؛ الأوامر تعمل، والإجابات تحتاج نموذجًا. نفّذ gitu setup مرة أخرى، أو انظر الإعدادات ‹ النماذج.
setup-model-made = تم وصل { $name }؛ عدد نماذجه { $count }.
setup-model-there = كان { $name } موصولًا؛ عدد نماذجه { $count }.
setup-model-failing = النموذج لا يجيب: { $reason }
setup-model-default = يجيب { $name } افتراضيًّا.
setup-welcome = أهلًا بك. من مالك هذا الـ Gitu؟
setup-ask-login = اسم الدخول:
setup-ask-name = اسمك:
setup-ask-language = اللغة (en, ar):
setup-ask-time-zone = المنطقة الزمنية:
setup-ask-password = كلمة المرور:
setup-ask-password-again = كلمة المرور مرة أخرى:
setup-passwords-differ = الكلمتان غير متطابقتين؛ أعد المحاولة.
setup-ask-again = لا يصلح { $value } هنا؛ أعد المحاولة.
setup-models = أي نموذج يجيب؟
setup-model-other = نموذج آخر (عنوان ومفتاح)
setup-model-later = لا شيء الآن
setup-ask-choice = الرقم:
setup-ask-provider = المزوّد (openai, anthropic, google, mistral, groq, openrouter, bedrock, openai_compatible):
setup-ask-url = العنوان الأساسي (مثل http://127.0.0.1:11434/v1):
setup-ask-region = منطقة AWS (مثل eu-central-1):
setup-ask-key = مفتاح API (فارغ إن لم يوجد):

## المحادثات

ask-nothing = اسأل شيئًا: gitu ask "لماذا؟"، أو مرره عبر الأنبوب.
ask-piped-cut = لا يُرسل إلا أول { $characters } محرف مما مُرّر.
turn-again = — تبدأ الإجابة من جديد —
turn-held = بانتظار موافقتك: gitu trust approve { $approval }
turn-receipt = الإيصال { $receipt }
approval-wanted = موافقتك مطلوبة
approval-dangerous = لا يمكن التراجع عنه
approval-until = يمكنك الرد حتى { $until }
approval-outside = قُرئ محتوى من الخارج قبل هذا ({ $sources }). ربما كان هو من يطلب هذا لا أنت.
approval-command = يشغّل هذا الأمر
approval-amount = المبلغ
approval-recipients = إلى
approval-hosts = الأجهزة
approval-paths = الملفات والمجلدات
approval-diff = يغيّر هذا
approval-input = المدخلات كاملة
approval-cut = { $count ->
    [one] … بقي سطر واحد؛ اكتب + ثم Enter لعرض الكل
    [two] … بقي سطران؛ اكتب + ثم Enter لعرض الكل
    [few] … بقيت { $count } أسطر؛ اكتب + ثم Enter لعرض الكل
   *[other] … بقي { $count } سطرًا؛ اكتب + ثم Enter لعرض الكل
 }
approval-way-once = 1 موافقة هذه المرة
approval-way-session = 2 لهذه المحادثة
approval-way-until = 3 ليوم (‎3 8h: ثماني ساعات)
approval-way-always = 4 دائمًا لهذا بعينه
approval-way-deny = 0 رفض
approval-not-understood = اكتب رقمًا مما سبق ثم Enter؛ لا يحدث شيء من دونه.
approval-given = وافقتَ على هذا.
approval-denied = رفضتَ هذا، فلم يُنفَّذ شيء.
approval-answered-elsewhere = لم يعد السؤال قائمًا: أُجيب في مكان آخر أو انتهى وقته.
turn-stopped = توقف.
turn-usage = ‏{ $sent } ← { $received } رمزًا · { $cost } · حتى الآن { $total } · { $seconds } ث
repl-welcome = ‏Gitu ‏{ $version } · تعرض help الأوامر · للخروج Ctrl-D
repl-no-model = لا نموذج موصول، فلا يُجاب إلا عن الأوامر. صِل نموذجًا بالأمر gitu setup.
repl-bye = إلى اللقاء.
repl-new = تبدأ محادثة جديدة مع رسالتك التالية.
repl-switched = المحادثة: { $title }
repl-nothing-to-rename = لا محادثة بعد؛ قل شيئًا أولًا.
repl-help-help = هذه القائمة
repl-help-status = حالة هذا الـ Gitu
repl-help-session = محادثاتك
repl-help-clear = مسح الشاشة
repl-help-history = ما قيل في هذه المحادثة
repl-help-stop = إيقاف كل ما يعمل باسمك الآن
repl-help-exit = الخروج (أو Ctrl-D)
repl-help-session-list = آخر محادثاتك
repl-help-session-new = بدء محادثة جديدة
repl-help-session-switch = متابعة محادثة أخرى: رقمها في القائمة أو معرّفها
repl-help-session-rename = إعطاء هذه المحادثة عنوانًا
repl-help-actions = عدد الإجراءات بعد الشرطة { $count }، مثل ‎/list-models؛ يكملها Tab مع وسائطها.
repl-help-keys = يوقف Ctrl-C الإجابة · يبدأ Esc Enter سطرًا جديدًا · يخرج Ctrl-D

## المساعدة: gitu --help

help-gitu = ‏Gitu: مساعدك ومكان عملك. يفتح محادثة إن لم يُذكر أمر.
epilog-gitu = كل إجراء أمر أيضًا: gitu identity list-devices --json
panel-server = الخادم
panel-actions = الإجراءات
option-home = مجلد البيانات والإعدادات.
option-as-json = مستند JSON واحد بدل النص.
option-install-completion = تثبيت الإكمال في هذه الصدفة.
option-show-completion = عرض الإكمال لهذه الصدفة، لنسخه أو تعديل تثبيته.
option-gitu-model = نموذج هذه المحادثة.
option-gitu-session = المحادثة التي تُتابع (معرّفها).
help-serve = تشغيل الخادم وطباعة العنوان الذي يُفتح.
option-serve-host = العنوان الذي يصغي عليه.
option-serve-port = المنفذ؛ المتاح التالي إن كان مشغولًا.
option-serve-public-url = العنوان الذي يفتحه الناس.
help-stop = إيقاف خادم هذا الجهاز، كيفما شُغّل.
help-setup = تعيين المالك ووصل نموذج؛ ويُسأل عما لم يُعطَ.
option-setup-owner = اسم دخول المالك.
option-setup-name = اسم المالك.
option-setup-password-stdin = قراءة كلمة المرور من الدخل.
option-setup-language = ‏en أو ar.
option-setup-time-zone = المنطقة الزمنية، مثل Asia/Riyadh.
option-setup-model-url = العنوان الأساسي لواجهة نموذج.
option-setup-model-key-stdin = قراءة مفتاح النموذج من الدخل.
option-setup-model-key-env = متغير البيئة الذي فيه المفتاح.
option-setup-model = اسم النموذج الافتراضي.
help-node = تقديم نموذج محلي، أو الوقوف أمام خادم آخر، بواجهة OpenAI.
option-node-model = مجلد النموذج الذي يُقدَّم.
option-node-upstream = خادم آخر تقف العقدة أمامه: عنوانه الأساسي.
option-node-host = العنوان الذي تصغي عليه؛ خارج هذا الجهاز بمفتاح فقط.
option-node-port = المنفذ.
option-node-key-file = ملف فيه المفتاح المطلوب؛ أو عيّن GITU_NODE_KEY.
option-node-upstream-key-file = ملف فيه مفتاح الخادم الآخر؛ أو عيّن GITU_NODE_UPSTREAM_KEY.
option-node-device = ‏auto أو cpu أو cuda.
option-node-compute-type = ‏default (كما حُفظ) أو auto أو int8 أو int8_float16 أو int8_float32 أو float16 أو float32.
option-node-workers = عدد الدفعات معًا؛ 0 يعني الاختيار تلقائيًا.
option-node-threads = عدد الخيوط لكل دفعة؛ 0 يعني الاختيار تلقائيًا.
option-node-max-batch = عدد الطلبات في الدفعة؛ 0 يعني الاختيار تلقائيًا.
option-node-max-queue = عدد الطلبات التي يجوز أن تنتظر.
option-node-drain-s = الثواني التي تُمهل فيها الإجابات الجارية عند النهاية.
help-doctor = فحص كل شيء وبيان ما يُفعل بما ليس سليمًا.
help-sign-in = تسجيل دخول هذه الطرفية، هنا أو عند Gitu على جهاز آخر.
option-sign-in-server = عنوان Gitu آخر؛ وإلا فعنوان هذا الجهاز.
option-sign-in-login = اسم دخولك.
option-sign-in-password-stdin = قراءة كلمة المرور من الدخل.
help-sign-out = تسجيل خروج هذه الطرفية.
help-status = عرض حالة هذا الـ Gitu.
help-ask = طرح سؤال واحد: gitu ask "لماذا؟" < log.txt
option-ask-question = السؤال؛ وما مُرّر عبر الأنبوب يُرسل معه.
option-ask-session = المحادثة التي تُتابع (معرّفها).
option-ask-model = النموذج الذي يُسأل.
help-config = الاطلاع على الإعدادات.
help-config-check = تسمية كل إعداد غير معروف أو غير ملائم.
help-config-show = عرض الإعدادات السارية ومصدر كل منها.
help-keys = المفاتيح التي تحمي الأسرار المحفوظة.
help-keys-rotate = إنشاء مفتاح رئيسي جديد وحفظ كل سر به.
help-audit = سجل التدقيق.
help-audit-verify = إثبات أن أحدًا لم يغيّر سجل التدقيق.
help-assistant = المحادثات.
help-files = الملفات.
help-identity = الأشخاص والأجهزة والمفاتيح.
help-models = النماذج وروابطها.
help-trust = سجل التدقيق والموافقات.
option-help = عرض هذه المساعدة والخروج.
cli-usage = الاستعمال: { $usage }
cli-usage-help = للمساعدة: { $command }
typer-arguments = الوسائط
typer-options = الخيارات
typer-commands = الأوامر
typer-error = خطأ
typer-aborted = أُلغي.
typer-required = [مطلوب]
typer-deprecated = (مهجور){" "}
typer-dynamic = (يُحسب)
typer-default = [الافتراضي: { $value }]
typer-variable = [متغير البيئة: { $value }]
typer-try = للمساعدة: { $command }

## أوامر لا تُفهم

misuse-command = لا يوجد أمر باسم { $name }.
misuse-command-nearest = لا يوجد أمر باسم { $name }. هل قصدت { $nearest }؟
misuse-command-missing = ينقص الأمر.
misuse-option = لا يوجد خيار باسم { $name }.
misuse-option-nearest = لا يوجد خيار باسم { $name }. الممكن: { $nearest }.
misuse-option-empty = يحتاج الخيار { $name } إلى قيمة بعده.
misuse-option-value = لا يأخذ الخيار { $name } قيمة.
misuse-missing = ينقص { $name }.
misuse-extra = كلمات زائدة: { $name }
misuse-value = لا تصلح قيمة { $name }: { $reason }

## حقول الإجراءات، كما تسميها المساعدة

about-cursor = ‏next_cursor من الصفحة السابقة.
about-limit = أقصى عدد من القيود في الجواب.

## الأوامر

run-nothing = قل ما تريد تشغيله: gitu run -- make test
run-cut = انقطع الخادم قبل أن ينتهي الأمر؛ يعرض gitu shell list-runs ما آل إليه.
run-left-out = [… حُذف { $count } بايت …]
run-timeout = انتهى وقته؛ امنحه أكثر عبر ‎--timeout.
run-denied-hosts = طلب { $hosts } دون جدوى؛ اسمح له عبر ‎--host.
run-changed = { $count ->
    [one] تغيّر ملف واحد؛ الأمر ‎gitu files undo-run { $run } يتراجع عن ذلك.
    [two] تغيّر ملفان؛ الأمر ‎gitu files undo-run { $run } يتراجع عن ذلك.
    [few] تغيّرت { $count } ملفات؛ الأمر ‎gitu files undo-run { $run } يتراجع عن ذلك.
    [many] تغيّر { $count } ملفًا؛ الأمر ‎gitu files undo-run { $run } يتراجع عن ذلك.
   *[other] تغيّر { $count } ملف؛ الأمر ‎gitu files undo-run { $run } يتراجع عن ذلك.
}
run-audit = سجل التدقيق { $audit } · رمز الخروج { $code }
run-unsandboxed = يعمل هذا خارج بيئة العزل، بكل حقوق Gitu على جهازه: { $command } اكتب نعم للمتابعة:
run-not-sure = لا يمكن سؤال أحد دون طرفية؛ أضف ‎--yes إن كان المراد التشغيل خارج بيئة العزل.
run-declined = لم يُشغَّل.
run-sandbox-only = الخياران ‎--host و‎--folder لبيئة العزل؛ وخارجها لا شيء يُسمح به.
run-piped-too-much = لا يمكن تمرير أكثر من { $limit } بايت؛ ضع ما زاد في ملف من مساحة عملك.
run-no-folder = لا يوجد مجلد مسموح به باسم { $name }؛ يعرض gitu files list-folders مجلداتك.

help-auth = ربط هذه الطرفية بحسابك برمز من تطبيق الويب، أو برمز يُمسح ضوئيًّا.
option-auth-word = رمز الربط.
option-auth-qr = رسم رمز يمسحه هاتفك.
option-auth-server = عنوان Gitu آخر؛ وإلا فعنوان هذا الجهاز.
help-run = تنفيذ أمر على الخادم: gitu run -- make test
option-run-command = سطر واحد للصدفة، أو برنامج ووسائطه.
option-run-folder = مجلد مسموح به يُركَّب على ‎/folders/NAME.
option-run-host = مضيف يجوز له الوصول إليه؛ وإلا فلا شيء.
option-run-sandbox = في البيئة المعزولة، أو بصلاحيات Gitu.
option-run-timeout = الثواني التي ينتهي بعدها.
option-run-yes = بلا سؤال قبل التنفيذ خارج البيئة المعزولة.
help-shell = الصدفة.

confirm-why = هذا ينشئ طريقًا جديدًا للدخول: أكّد أنك أنت.
confirm-ask-password = كلمة المرور (فارغة لاستخدام رمز):
confirm-ask-code = رمز تطبيقك، أو رمز استرداد:

## gitu privacy

privacy-file = تعذّرت الكتابة إلى { $file } ‏({ $reason })؛ سمِّ ملفًا غير موجود بعد.
privacy-exported = كل ما يُحفظ عنك في { $file } ‏({ $bytes } بايت).
privacy-export-failed = فشل التصدير؛ ربما امتلأ قرص الخادم. أعد المحاولة، أو انظر gitu doctor.
privacy-confirm-needed = حدّد من: ‎--confirm { $login }. ومرّر كلمة مرورك مع ‎--password-stdin.
privacy-prove-in-browser = أنت تسجّل الدخول بمفتاح مرور، ولا يمكن للطرفية أن تطلبه. افعل هذا في المتصفح: { $address }
privacy-confirm = لا يمكن التراجع عن هذا. اكتب { $login } للمتابعة:
privacy-receipt = يجري المحو. يعرض هذا الإيصال التقرير من جديد (gitu privacy report): { $receipt }
privacy-goes = ما يُمحى:
privacy-stays = ما يبقى:
privacy-amount = { $title }: المدخلات { $rows }، والملفات { $files }

action-privacy-export = تصدير ما يُحفظ عنك إلى ملف
action-privacy-report = عرض تقرير المحو بإيصاله
option-privacy-export-to = الملف الذي يُكتب؛ يجب ألا يكون موجودًا بعد.
option-privacy-erase-me-confirm = اسم دخولك؛ وإلا سُئلت عنه.
option-privacy-erase-me-password-stdin = قراءة كلمة مرورك من الدخل القياسي.
option-privacy-erase-person-person-id = معرّف الشخص كما يعرضه list-users.
option-privacy-erase-person-confirm = اسم دخول الشخص؛ وإلا سُئلت عنه.
option-privacy-erase-person-password-stdin = قراءة كلمة مرورك من الدخل القياسي.
option-privacy-report-receipt = ما طبعه المحو.
