# النماذج: الاتصالات والأسعار والاستخدام.

error-models-none = لا نموذج متصل بعد. صِل نموذجًا من الإعدادات، النماذج، أو بالأمر `gitu models create-connection`؛ والأوامر التي تبدأ بـ / تعمل من دونه.
error-models-none-fits = لا يستطيع أي نموذج متصل أخذ هذا الطلب وفيه { $tokens } رمزًا (طريقة الاختيار: { $mode })؛ صِل نموذجًا يستطيع أو اختر نموذجًا بنفسك.
error-models-unknown = لا يوجد نموذج { $model } متاح لك؛ اختر نموذجًا من قائمة النماذج.
error-models-connection-unknown = لا يوجد اتصال { $id } أو أنه ليس لك؛ اعرض اتصالاتك واختر منها.
error-models-sharing-denied = إدارة ما هو مشترك للمالك والمشرفين وحدهم؛ أبقه شخصيًا أو اطلب ذلك منهم.
error-models-address-invalid = لا يصلح { $address } عنوانًا لنموذج: { $reason }.
error-models-address-needed = الخادم المتوافق مع OpenAI يحتاج إلى عنوانه، مثل http://127.0.0.1:11434/v1؛ أضف base_url.
error-models-region-needed = يحتاج Amazon Bedrock إلى منطقته، مثل eu-central-1؛ أضفها في base_url.
error-models-bedrock-missing = يحتاج { $connection } إلى حزم غير مثبتة؛ شغّل pip install 'gitu[bedrock]' ثم أعد تشغيل Gitu.
error-models-not-opened = لا يتيح { $connection } لحسابك نموذج { $model }؛ اطلب إتاحته هناك أو اختر نموذجًا آخر.
error-models-key-needed = يحتاج { $provider } إلى مفتاح API؛ أضف مفتاحًا إلى الاتصال.
error-models-key-unreadable = لا يمكن قراءة مفتاح { $connection } بمفاتيح التشفير الحالية؛ أدخله من جديد.
error-models-too-many-connections = لديك { $limit } اتصالًا؛ احذف واحدًا لا تستعمله.
error-models-offer-gone = لم يعد المعروض ({ $name }) موجودًا؛ ابحث من جديد عما يمكن وصله.
error-models-call-failed = تعطل { $connection } أثناء إجابة { $model }؛ أعد المحاولة أو اختر نموذجًا آخر.
error-models-unreachable = تعذر الوصول إلى { $connection } على { $address }؛ تحقق من العنوان ومن أن الخادم يعمل.
error-models-redirected = يحيل { $connection } إلى مكان آخر لا يُرسَل إليه مفتاحك؛ أدخل العنوان النهائي.
error-models-key-refused = رفض { $connection } مفتاح API؛ أدخل مفتاحًا صالحًا من الإعدادات، النماذج.
error-models-quota-used-up = نفد رصيد الحساب أو حصته لدى { $connection }؛ اشحنه أو اختر نموذجًا آخر.
error-models-rate-limited = لا يقبل { $connection } طلبات أخرى الآن؛ انتظر قليلًا أو اختر نموذجًا آخر.
error-models-rate-limited-until = لا يقبل { $connection } طلبات أخرى قبل { $seconds } ثانية؛ انتظر هذه المدة أو اختر نموذجًا آخر.
error-models-context-too-long = المحادثة أطول مما يسعه { $model }؛ ابدأ محادثة جديدة أو اختر نموذجًا أوسع نافذة.
error-models-not-there = ليس لدى { $connection } نموذج { $model } أو أن عنوانه خطأ؛ اختر نموذجًا آخر أو صحح العنوان.
error-models-rejected = رفض { $connection } الطلب الموجه إلى { $model } ({ $reason })؛ اختر نموذجًا آخر.
error-models-overloaded = { $connection } مثقل أو متوقف الآن؛ أعد المحاولة بعد قليل أو اختر نموذجًا آخر.
error-models-server-failed = حدث خلل لدى { $connection }؛ أعد المحاولة بعد لحظات أو اختر نموذجًا آخر.
error-models-timed-out = لم يقل { $model } شيئًا منذ { $seconds } ثانية؛ أعد المحاولة أو اختر نموذجًا آخر.
error-models-cut = انقطع { $connection } في منتصف الإجابة؛ ما وصل منها محفوظ. أرسل الرسالة من جديد.
error-models-budget-reached = { $budget } فيها { $left } من { $limit }، وقد يكلف هذا الطلب { $needed }. { $way }
error-models-price-unknown = لا يُعرف ما يكلفه { $model }، وهو محسوب على ميزانية صارمة؛ أضف سعره إلى prices.toml أو اختر نموذجًا معروف السعر.
error-models-budget-unchecked = تعذّر التحقق من الميزانية لأن قاعدة البيانات غائبة، فلم يُطلب شيء؛ أعد المحاولة بعد لحظات.
error-models-loop-stopped = صدر عن محادثة واحدة { $calls } طلبًا إلى النماذج في دقيقة، وهذا يشبه حلقة لا تنتهي؛ انظر فيما تفعله ثم تابع بعد دقيقة.
error-models-budget-unknown = لا توجد ميزانية { $id } أو أنها ليست لك؛ اعرض الميزانيات واختر منها.
error-models-budget-exists = لهذا ميزانية من قبل ({ $id })؛ غيّر حدها بدلًا من ذلك.
error-models-budget-of-admins = ميزانيات الجميع وما وضعه المشرفون يغيرها المالك والمشرفون وحدهم؛ ضع ميزانية لنفسك.
error-models-too-many-budgets = لديك { $limit } ميزانية؛ احذف واحدة لا تحتاج إليها.
error-models-budget-subject-invalid = تحتاج ميزانية من هذا النوع إلى اسم ميزة أو معرّف محادثة أو مفتاح من مفاتيحك.
error-models-malformed = لم يرسل { $connection } إجابة صالحة؛ أعد المحاولة وتحقق من أن عنوانه عنوان نماذج.

models-notice-fallback = { $reason } يجيب { $model } بدلًا منه.

action-models-list-models = عرض النماذج المتاحة لك مع نوافذها وأسعارها
action-models-list-connections = عرض اتصالاتك بالنماذج والاتصالات المشتركة
action-models-create-connection = وصل مزوِّد أو خادم نماذج
action-models-update-connection = تغيير اسم الاتصال أو عنوانه أو مفتاحه أو نماذجه أو مشاركته
action-models-delete-connection = حذف اتصال ومفتاحه نهائيًا
action-models-test-connection = تجربة اتصال الآن ومعرفة نماذجه
action-models-list-discovered = البحث عن مفاتيح في البيئة وخوادم نماذج على هذا الجهاز
action-models-adopt-discovered = وصل ما وُجد في البيئة أو على هذا الجهاز
action-models-get-defaults = عرض النموذج المعتاد وما ينوب عنه
action-models-set-defaults = اختيار النموذج المعتاد وما ينوب عنه
action-models-list-calls = عرض طلباتك إلى النماذج بالرموز والتكلفة والزمن، الأحدث أولًا
action-models-get-usage-of-everyone = تلخيص استخدام الجميع للنماذج بحسب اليوم والشخص والنموذج والميزة؛ لا تُعرض أي محادثة
action-models-get-usage = تلخيص استخدامك للنماذج بحسب اليوم والنموذج والميزة

scope-models-read = عرض النماذج والاتصالات واستخدامك
scope-models-choose = اختيار نموذجك المعتاد
scope-models-connect = وصل نماذج بمفاتيحك
action-models-compare-routing = إعادة طلباتك المسجلة: تكلفة الاختيار التلقائي وجودته إلى جانب الأفضل دائمًا والأرخص دائمًا
about-models-compare-routing-days = كم يومًا إلى الوراء.
about-models-compare-routing-calls = أكثر ما يُنظر فيه من الطلبات، الأحدث.
action-models-list-budgets = عرض الميزانيات التي تُحسب عليها طلباتك إلى النماذج وما أُنفق منها
action-models-create-budget = وضع حد لما تكلفه طلبات النماذج في اليوم أو الشهر أو جملةً
action-models-update-budget = تغيير حد ميزانية أو رفض ما زاد عليها
action-models-delete-budget = حذف ميزانية وكل ما حسبته

scope-models-budget = وضع ميزانيات لنفسك للنماذج
scope-models-budget-all = وضع ميزانيات للنماذج تشمل الجميع
scope-models-usage-all = رؤية تكلفة استخدام الجميع للنماذج
scope-models-share = إدارة الاتصالات التي يستعملها الجميع

## عناوين الأخطاء.

title-models-address-invalid = لا يمكن استعمال هذا العنوان
title-models-address-needed = ينقص العنوان
title-models-region-needed = تنقص المنطقة
title-models-bedrock-missing = Amazon Bedrock غير مثبت
title-models-not-opened = النموذج غير متاح لك
title-models-key-needed = ينقص المفتاح
title-models-unknown = لا نموذج كهذا
title-models-connection-unknown = لا ربط كهذا
title-models-offer-gone = لم يعد موجودًا
title-models-too-many-connections = روابط كثيرة
title-models-rate-limited = طلبات كثيرة إلى النموذج
title-models-call-failed = لم يجب النموذج
title-models-unreachable = تعذّر الوصول إلى النموذج
title-models-redirected = يحيل العنوان إلى مكان آخر
title-models-key-refused = رُفض المفتاح
title-models-quota-used-up = استُنفدت الحصة
title-models-context-too-long = المحادثة طويلة جدًّا
title-models-not-there = ليس لدى المزوّد نموذج كهذا
title-models-rejected = رفض المزوّد الطلب
title-models-overloaded = المزوّد مثقل بالطلبات
title-models-server-failed = تعطّل المزوّد
title-models-timed-out = صمت النموذج
title-models-cut = انقطعت الإجابة
title-models-malformed = تعذّرت قراءة الإجابة
title-models-none = لا نموذج موصول
title-models-key-unreadable = تعذّرت قراءة المفتاح

## ما في حقول الإجراءات

about-models-adopt-discovered-shared = للجميع؛ وهو الافتراضي للمالك والمديرين.
about-models-create-budget-hard = هل يُرفض ما زاد عليها أم يُنبَّه إليه فقط.
about-models-create-budget-kind = ما تُحسب عليه: هذا الخادم كله، أو كل شخص على حدة، أو شخص واحد، أو ميزة، أو محادثة (session)، أو مفتاح API.
about-models-create-budget-period = متى تتجدد: كل يوم، أو كل شهر، أو لا تتجدد (total).
about-models-create-budget-person-id = لمن هي، للمشرفين؛ وإلا فهي لك (وللجميع إن كانت لميزة).
about-models-create-budget-subject = اسم الميزة، أو معرّف المحادثة أو المفتاح؛ ويُترك فارغًا لغيرها.
about-models-list-budgets-everyone = كل ما وضعه المشرفون أيضًا لأي كان؛ للمشرفين فقط.
about-models-update-budget-hard = هل يُرفض ما زاد عليها أم يُنبَّه إليه فقط.
about-models-create-connection-api-key = يُحفظ معمّى ولا يُعرض ثانيةً؛ ومفاتيح AWS بالصيغة ID:SECRET أو ID:SECRET:SESSION_TOKEN.
about-models-create-connection-base-url = عنوانه، لـ openai_compatible؛ وتكفي المنطقة لـ bedrock.
about-models-create-connection-models = هذه النماذج فقط؛ وإلا فما يعرضه المزوّد.
about-models-create-connection-name = الاسم الذي تسميه به؛ وإلا فاسم المزوّد.
about-models-create-connection-shared = لكل من في هذا الـ Gitu؛ للمالك والمديرين فقط.
about-models-get-defaults-instance = ما هو افتراضي للجميع لا لك أنت.
about-models-set-defaults-instance = لكل من لم يختر بنفسه؛ للمالك والمديرين فقط.
about-models-get-usage-of-everyone-days = عدد الأيام إلى الوراء، ومنها اليوم.
about-models-get-usage-days = عدد الأيام إلى الوراء، ومنها اليوم.
about-models-list-calls-session-id = نداءات محادثة واحدة فقط.
about-models-list-models-query = جزء من اسمه.

kind-models = النماذج
kind-models-what = الاتصالات بمزوّدي النماذج التي أنشأتها ومفاتيحها مشفَّرة، والنموذج الذي اخترته.
kind-models-why = كي يستطيع المساعد أن يجيب.
kind-usage = الاستخدام
kind-usage-what = كل نداء لنموذج مع وقته وعدد وحداته النصية (tokens) وتكلفته، دون كلماته.
kind-usage-why = كي ترى ما استُخدم وما كلّفه.

title-models-budget-reached = الميزانية لا تسمح
title-models-price-unknown = السعر غير معروف
title-models-budget-unchecked = تعذّر التحقق من الميزانية
title-models-loop-stopped = يشبه هذا حلقة لا تنتهي
title-models-budget-unknown = لا ميزانية كهذه
title-models-budget-exists = لهذا ميزانية من قبل
title-models-too-many-budgets = ميزانيات كثيرة
title-models-budget-subject-invalid = ينقص ما توضع له الميزانية

budget-name-instance = ميزانية هذا الخادم { $period }
budget-name-everyone = الميزانية { $period } لكل شخص
budget-name-person = ميزانيتك { $period }
budget-name-feature = ميزانية { $subject } { $period }
budget-name-session = ميزانية هذه المحادثة { $period }
budget-name-key = ميزانية مفتاح API هذا { $period }
budget-period-day = اليومية
budget-period-month = الشهرية
budget-period-total = الكلية
budget-way-wait = اختر نموذجًا أرخص أو ارفع الميزانية أو انتظر حتى تتجدد في { $until }.
budget-way-raise = اختر نموذجًا أرخص أو ارفع الميزانية.
budget-way-cheaper = { $model } أرخص ويتسع له ما بقي؛ أو ارفع الميزانية.
field-budget-subject = سمِّ ميزة أو أعط معرّف محادثة أو مفتاح لهذا النوع دون غيره

kind-budgets = الميزانيات
kind-budgets-what = ما يجوز لك إنفاقه على النماذج ولأي غرض، وما أُنفق منه.
kind-budgets-why = كي لا يكلف شيء أكثر مما تسمح به.

title-models-none-fits = لا نموذج يستطيع هذا
route-chosen = أنت اخترته.
route-default = هو نموذجك المعتاد.
route-first = هو أول نموذج متصل.
route-steps-in = ينوب عن غيره حين يفشل.
route-auto = أفضلها قيمة مما يكفي لهذا ({ $quality } من 100، والمطلوب { $needed }): نحو { $cost } و{ $seconds } ثانية.
route-fast = أسرعها مما يكاد يكفي لهذا ({ $quality } من 100): نحو { $seconds } ثانية و{ $cost }.
route-best = أقواها ({ $quality } من 100): نحو { $cost } و{ $seconds } ثانية.
route-cheap = أرخصها: نحو { $cost } ({ $quality } من 100).
route-local = يعمل هنا أو في الشبكة الخاصة كما طلبت ({ $quality } من 100).
route-strongest = لا يكفي أي منها لهذا تمامًا (المطلوب { $needed }): هذا أقواها ({ $quality } من 100)، نحو { $cost }.
route-price-unknown = سعر غير معروف
way-auto = تلقائي: أفضل قيمة لكل سؤال
way-best = تلقائي: الأقوى دائمًا
way-cheap = تلقائي: الأرخص دائمًا
way-fast = تلقائي: أسرع ما يكفي
way-local = تلقائي: ما يعمل هنا فقط

route-named = الطلب يسمّيه.
route-same-name = لدى اتصال آخر نموذج بالاسم نفسه.

error-gateway-too-many-requests = يُسمح بعدد { $most } من الطلبات في الدقيقة وقد استُهلكت؛ انتظر قليلًا أو اطلب حدًا أعلى.
error-gateway-database-away = قاعدة البيانات غائبة فلم يُرسَل شيء؛ أعد المحاولة بعد لحظات.
error-gateway-limit-unchecked = قاعدة البيانات غائبة فتعذّر التحقق من حد الطلبات؛ أعد المحاولة بعد لحظات.
error-gateway-model-not-at-door = لا يأخذ { $connection } طلبات OpenAI إلا لنماذج OpenAI، وليس { $model } منها؛ اختر نموذجًا آخر. ويستطيع المساعد استعماله.
error-gateway-model-missing = لا يسمّي الطلب نموذجًا؛ اجعل model واحدًا من ‎/v1/models أو gitu/auto.
error-gateway-field-refused = لا يمكن استعمال { $field } ({ $what }) في البوابة؛ احذفه من الطلب.
error-gateway-field-unfit = ينقص { $field } أو ليس على الصورة التي تصفها واجهة OpenAI؛ صحّحه.
error-gateway-nothing-kept = يحتاج { $field } إلى ما حُفظ لدى المزوّد، والبوابة لا تدع شيئًا يُحفظ هناك؛ أرسل المحادثة كلها في input.
error-gateway-no-background = الإجابة في الخلفية تستمر بعد تسوية ميزانيتها؛ احذف { $field } واطلب الإجابة متدفقة.
error-gateway-tier-refused = لا يُعرف سعر القيمة { $tier } في { $field } فلا يمكن للميزانيات احتسابها؛ استعمل auto أو default أو flex أو priority أو fast أو ultrafast.
error-gateway-tool-refused = { $field }: أداة من النوع { $type } تعمل لدى المزوّد وتكلف أكثر من الرموز التي تحسبها الميزانيات؛ أعط النموذج دوالّ بدلًا منها.
error-gateway-only-at-openai = لا يُفهم { $field } ({ $what }) إلا لدى OpenAI؛ احذفه أو اطلب نموذجًا متصلًا من هناك.
title-gateway-field-refused = غير مقبول في البوابة
title-gateway-too-many-requests = طلبات كثيرة
title-gateway-database-away = قاعدة البيانات غائبة
title-gateway-limit-unchecked = تعذّر التحقق من الحد
title-gateway-model-not-at-door = ليس عبر البوابة
title-gateway-model-missing = ينقص النموذج
scope-models-use = سؤال النماذج عبر البوابة (‎/v1)
## متجهات النصوص

error-models-embedding-model-unknown = لا يوجد نموذج متجهات { $model } متاح لك؛ اختر من قائمة نماذج المتجهات.
error-models-local-model-missing = النموذج { $model } غير مثبت هنا؛ شغّل pip install 'gitu[embeddings]' أو اختر نموذجًا آخر.
error-models-local-model-failed = توقف النموذج { $model } على هذا الجهاز مرتين؛ انظر هل في الذاكرة متسع، ثم أعد المحاولة.
error-models-text-empty = النص رقم { $number } فارغ، ولا متجه لنص فارغ؛ احذفه.
error-models-too-many-texts = { $count } من النصوص أكثر مما يُقبل دفعةً واحدة وهو { $limit }؛ أرسلها على أجزاء.
error-models-dimensions-changed = صنع { $model } متجهات من { $found } رقمًا لا من { $expected } كما قبل؛ احسب متجهات { $index } من جديد.
error-models-index-unknown = لا يوجد فهرس { $index }؛ الموجود: { $known }.
error-models-vector-space-unknown = لا توجد متجهات { $id } أو أنها ليست لك؛ اعرض متجهاتك واختر منها.
error-models-not-building = متجهات { $index } لا تُحسب الآن، فلا شيء يُلغى.

title-models-embedding-model-unknown = لا نموذج متجهات كهذا
title-models-local-model-missing = النموذج غير مثبت
title-models-local-model-failed = تعطل النموذج على هذا الجهاز
title-models-text-empty = لا متجه لنص فارغ
title-models-too-many-texts = نصوص كثيرة دفعةً واحدة
title-models-dimensions-changed = تغيّر طول المتجهات
title-models-index-unknown = لا فهرس كهذا
title-models-vector-space-unknown = لا متجهات كهذه
title-models-not-building = لا شيء يُلغى

action-models-list-embedding-models = عرض النماذج التي تجعل النصوص تُعرف بمعناها
action-models-get-embedding-default = عرض النموذج الذي يجعل نصوصك تُعرف بمعناها
action-models-set-embedding-default = اختيار النموذج الذي يجعل نصوصك تُعرف بمعناها
action-models-list-vector-spaces = عرض متجهات فهارسك مع نموذجها وتقدّمها
action-models-start-reembedding = حساب متجهات فهرس من جديد بنموذج المتجهات لديك
action-models-cancel-reembedding = ترك حساب المتجهات من جديد؛ ويستمر البحث بما كان

about-models-list-embedding-models-query = جزء من اسمه.
about-models-get-embedding-default-instance = ما هو افتراضي للجميع لا لك أنت.
about-models-set-embedding-default-instance = لكل من لم يختر بنفسه؛ للمالك والمديرين فقط.
about-models-set-embedding-default-model = إن تركته فارغًا: ما هو للجميع، وإلا فما على هذا الجهاز.
about-models-list-vector-spaces-instance = متجهات الفهارس التي يشترك فيها الجميع.
about-models-start-reembedding-index = الفهرس، مثل memory أو files.
about-models-start-reembedding-instance = الفهرس المشترك بين الجميع؛ للمالك والمديرين فقط.

# عُقد الاستدلال.

error-models-node-unknown = لا توجد عقدة { $name }؛ الأمر ‎/models list-nodes يعرض الموجود منها.
error-models-node-exists = توجد عقدة باسم { $name } من قبل؛ اختر اسمًا آخر أو غيّر تلك.
error-models-too-many-nodes = توجد { $limit } عقدة؛ أزل واحدة لم تعد تُستعمل.

title-models-node-unknown = لا عقدة كهذه
title-models-node-exists = توجد عقدة كهذه من قبل
title-models-too-many-nodes = عُقد كثيرة

action-models-list-nodes = عرض عُقد الاستدلال وحالتها وزمن استجابتها وحملها
action-models-get-node-status = عرض حالة عقدة استدلال الآن وكيف أجابت في اليوم الأخير
action-models-get-node-history = عرض زمن استجابة عقدة استدلال وإنتاجها في الساعات الأخيرة
action-models-create-node = إضافة عقدة استدلال يستعمل الجميع نماذجها
action-models-update-node = تغيير اسم عقدة استدلال أو عنوانها أو مفتاحها
action-models-delete-node = إزالة عقدة استدلال ومفتاحها وما قيس منها
action-models-check-node = فحص عقدة استدلال الآن
action-models-probe-node = التحقق من أن عقدة استدلال تجيب على عنوان قبل إضافتها
action-models-list-ports = عرض المنافذ التي يجب فتحها وحالتها وأوامر جدار الحماية

about-models-create-node-name = كيف تُسمى، في العناوين أيضًا: حروف لاتينية صغيرة وأرقام وشرطات.
about-models-create-node-address = أين تستمع، مثل http://10.0.0.7:9090.
about-models-create-node-api-key = مفتاح العقدة؛ يُحفظ معمّى ولا يُعرض ثانيةً.
about-models-probe-node-address = أين تستمع، مثل http://10.0.0.7:9090.
about-models-probe-node-api-key = مفتاح العقدة؛ لا يُحفظ.
about-models-probe-node-name = العقدة التي يُستعمل مفتاحها المحفوظ على عنوانها هي.
about-models-get-node-history-hours = كم ساعة إلى الوراء.

field-node-name = حروف لاتينية صغيرة وأرقام وبينها شرطات مفردة فقط
node-reason-refused = لا شيء يستمع على { $address }؛ شغّل العقدة هناك بالأمر gitu node وتحقق من المنفذ.
node-reason-unreachable = تعذر الوصول إلى { $address }؛ تحقق من أن الجهاز يعمل وأن جدار الحماية فيه يسمح لهذا الجهاز.
node-reason-silent = العقدة على { $address } تقبل الاتصال ولا تجيب في الوقت؛ قد تكون مثقلة أو معلقة: أعد تشغيلها.
node-reason-name = تعذر العثور على الاسم في { $address }؛ تحقق منه أو أعط الرقم.
node-reason-tls = يفشل الاتصال المعمّى بـ { $address }؛ تحقق من الشهادة أو أعط http:// داخل شبكة خاصة.
node-reason-not-a-node = ما يجيب على { $address } ليس عقدة gitu؛ تحقق من العنوان أو صِله من الإعدادات، النماذج.
node-reason-key = تطلب العقدة على { $address } مفتاحها، وما أُعطي ليس هو؛ أدخل المفتاح الذي شُغّلت به.
node-reason-behind = العقدة على { $address } تعمل، لكن الخادم خلفها غائب؛ شغّله.

port-server-local = يستمع Gitu على ⁦{ $host }:{ $port }⁩ لهذا الجهاز وحده. لا يلزم فتح شيء؛ ومن عليه وكيل عكسي يفتح 443.
port-server-open = يستمع Gitu على المنفذ { $port } لأجهزة أخرى. افتحه لما ينبغي أن يصل إليه منها.
port-database-local = منفذ PostgreSQL ‏{ $port } مغلق أمام الأجهزة الأخرى كما ينبغي. لا تفتحه.
port-database-exposed = يجيب PostgreSQL على ⁦{ $address }:{ $port }⁩ للأجهزة الأخرى أيضًا؛ أغلقه هناك أو اجعله يستمع على 127.0.0.1 فقط.
port-database-elsewhere = قاعدة البيانات على ⁦{ $host }:{ $port }⁩؛ على ذلك الجهاز أن يسمح لهذا الجهاز دون غيره.
port-node-local = العقدة { $node } تعمل على هذا الجهاز (المنفذ { $port })؛ لا يلزم فتح شيء.
port-node-open = يُوصل إلى العقدة { $node } على ⁦{ $host }:{ $port }⁩ من { $source }؛ لا يحتاج جهازها إلى منفذ مفتوح غيره، ولهذا العنوان وحده.
port-node-closed = لا يُوصل إلى العقدة { $node } على ⁦{ $host }:{ $port }⁩؛ إن كانت تعمل فافتح المنفذ على جهازها لـ { $source }.
# الإجابات المحفوظة مؤقتًا.

action-models-get-cache = عرض كم من طلباتك أُجيب بإجابات محفوظة وما وفّره ذلك
action-models-clear-cache = نسيان إجابات النماذج المحفوظة كي يُطرح كل سؤال من جديد
scope-models-cache = نسيان إجابات نماذجك المحفوظة
about-models-get-cache-days = عدد الأيام إلى الوراء، ومنها اليوم.
about-models-clear-cache-instance = إجابات الجميع؛ للمالك والمديرين فقط.

kind-answers = إجابات النماذج المحفوظة
kind-answers-what = إجابات نماذج على طلبات برامجك والنصوص التي جُعلت متجهات، إن لم يكن للطلب غير إجابة واحدة.
kind-answers-why = كي لا يُدفع ثمن السؤال نفسه مرتين.
