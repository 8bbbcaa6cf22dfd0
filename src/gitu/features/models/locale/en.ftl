# The models feature's sentences that don't belong to an error class.

models-notice-fallback = { $reason } { $model } answers instead.

kind-models = Models
kind-models-what = Connections to model providers that you made, with their keys encrypted, and the model you chose.
kind-models-why = So that the assistant can answer.
kind-usage = Usage
kind-usage-what = Every call of a model with its time, tokens and cost, without its words.
kind-usage-why = So that you see what was used and what it cost.
