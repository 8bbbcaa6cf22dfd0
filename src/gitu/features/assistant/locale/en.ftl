assistant-no-model = No model is connected yet, so I can't answer freely. Connect one under Settings, Models (a provider's key, or the address of a server such as Ollama). Until then commands work: type /help to see them.
assistant-context-trimmed = { $count ->
    [one] One older message was left out: the conversation is longer than this model can read at once.
   *[other] { $count } older messages were left out: the conversation is longer than this model can read at once.
}
assistant-help-command = Command
assistant-help-summary = What it does
assistant-call-denied = You denied this; it did not run.
assistant-call-expired = Nobody answered in time; it did not run.
assistant-command-done = Done.
assistant-command-empty = Nothing there yet.
assistant-command-more = There is more; repeat the command with --cursor { $cursor }
assistant-call-cut = You approved this; it was begun and then cut off. Nobody knows whether it was done: look at what came of it.
assistant-call-failed = You approved this, and then it failed; look at what came of it.
assistant-unproven = This answer says that something was done of which there is no receipt: no action ran here that does that. Take it with care.

kind-conversations = Conversations
kind-conversations-what = What you and the assistant wrote, the calls it made for you, and with whom you share a conversation.
kind-conversations-why = So that you can go on with a conversation and find it again.
