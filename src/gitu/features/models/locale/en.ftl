# The models feature's sentences that don't belong to an error class.

models-notice-fallback = { $reason } { $model } answers instead.

kind-models = Models
kind-models-what = Connections to model providers that you made, with their keys encrypted, and the model you chose.
kind-models-why = So that the assistant can answer.
kind-usage = Usage
kind-usage-what = Every call of a model with its time, tokens and cost, without its words.
kind-usage-why = So that you see what was used and what it cost.

budget-name-instance = The { $period } budget of this Gitu
budget-name-everyone = The { $period } budget that everyone has
budget-name-person = Your { $period } budget
budget-name-feature = The { $period } budget of { $subject }
budget-name-session = The { $period } budget of this conversation
budget-name-key = The { $period } budget of this API key
budget-period-day = daily
budget-period-month = monthly
budget-period-total = total
budget-way-wait = Choose a cheaper model, raise the budget, or wait until it begins anew on { $until }.
budget-way-raise = Choose a cheaper model, or raise the budget.
budget-way-cheaper = { $model } costs less and would still fit; or raise the budget.
field-budget-subject = name a feature, or give the id of a conversation or key, for this kind and no other

kind-budgets = Budgets
kind-budgets-what = What may be spent on models, by you and for what, and what was spent of it.
kind-budgets-why = So that nothing costs more than you allow.

route-chosen = You chose it.
route-default = It is your default.
route-first = It is the first model connected.
route-steps-in = It steps in for others that failed.
route-auto = The best value of those that are good enough for this ({ $quality } of 100, { $needed } needed): about { $cost } and { $seconds } s.
route-fast = The fastest of those that are nearly good enough for this ({ $quality } of 100): about { $seconds } s and { $cost }.
route-best = The strongest ({ $quality } of 100): about { $cost } and { $seconds } s.
route-cheap = The cheapest: about { $cost } ({ $quality } of 100).
route-local = It runs here or in the private network, as you asked ({ $quality } of 100).
route-strongest = None is quite good enough for this ({ $needed } needed): it is the strongest ({ $quality } of 100), about { $cost }.
route-price-unknown = an unknown price
way-auto = Automatic: the best value for each question
way-best = Automatic: always the strongest
way-cheap = Automatic: always the cheapest
way-fast = Automatic: the fastest that will do
way-local = Automatic: only models that run here

route-named = The request names it.
route-same-name = Another connection has a model of the same name.

kind-answers = Kept answers of models
kind-answers-what = Answers of models to your programs, and vectors of texts, where a request has one answer only.
kind-answers-why = So that the same question is not paid for twice.
