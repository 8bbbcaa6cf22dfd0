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

field-node-name = small letters, digits and single dashes between them only
node-reason-refused = Nothing listens at { $address }; start the node there with gitu node, and check the port.
node-reason-unreachable = { $address } can't be reached; check that the machine runs, and that its firewall lets this one in.
node-reason-silent = The node at { $address } takes connections but says nothing in time; it may be overloaded or hang: restart it.
node-reason-name = The name in { $address } can't be found; check it, or give the number.
node-reason-tls = The encrypted connection to { $address } fails; check the certificate, or give http:// inside a private network.
node-reason-not-a-node = What answers at { $address } is no gitu node; check the address, or connect it under Settings, Models.
node-reason-key = The node at { $address } wants its key, and the one given is not it; enter the key it was started with.
node-reason-behind = The node at { $address } runs, but the server behind it is away; start that one.

port-server-local = Gitu listens at { $host }:{ $port }, for this machine only. Nothing has to be opened; a reverse proxy on it opens 443.
port-server-open = Gitu listens on port { $port } for other machines. Open it for those that shall reach it.
port-database-local = PostgreSQL's port { $port } is closed to other machines, as it should be. Don't open it.
port-database-exposed = PostgreSQL answers at { $address }:{ $port }, for other machines too; close it there, or let it listen on 127.0.0.1 only.
port-database-elsewhere = The database is at { $host }:{ $port }; that machine has to let this one in, and no other.
port-node-local = The node { $node } runs on this machine (port { $port }); nothing has to be opened.
port-node-open = The node { $node } is reached at { $host }:{ $port } from { $source }; its machine needs no port open but this one, and for this address only.
port-node-closed = The node { $node } is not reached at { $host }:{ $port }; if it runs, open the port on its machine for { $source }.
kind-answers = Kept answers of models
kind-answers-what = Answers of models to your programs, and vectors of texts, where a request has one answer only.
kind-answers-why = So that the same question is not paid for twice.
