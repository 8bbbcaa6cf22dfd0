# What the command line says.

cli-problem = The server refused.
cli-unforeseen = Something went wrong ({ $kind }: { $reason }). GITU_LOG_LEVEL=debug shows where.
cli-done = Done.
cli-nothing = There is nothing here.
cli-more = There is more: --cursor { $cursor }
cli-bad-address = { $url } is no address; write one such as https://gitu.example.org.
cli-not-gitu = What answers at { $url } is not Gitu; check the address.
cli-unreachable = Gitu at { $url } can't be reached ({ $reason }). Start it with gitu serve, or see gitu doctor.
cli-silent = Gitu at { $url } does not answer in time; try again, or see gitu doctor.
cli-owner-needed = This Gitu has no owner yet; run gitu setup.
cli-server-gone = The server started and is gone again; see gitu doctor.
cli-starting = Starting Gitu …
cli-start-failed =
    Gitu could not start. The last lines of { $file }:
    { $lines }
cli-start-slow = Gitu was not ready within { $seconds } seconds; see { $file }.
cli-none-runs = No server runs here.
cli-stopped = Gitu has stopped.
cli-stop-slow = Gitu was asked to stop and still runs after { $seconds } seconds (process { $pid }); see its log.
cli-stdin-empty = Nothing came in; pipe it: printf %s "$SECRET" | gitu …
cli-secret-needs-terminal = A secret is needed and there is no terminal to ask for it; pipe it in, see --help.
cli-ask-secret = { $name }:
cli-ask-login = Sign-in name:
cli-ask-password = Password:
cli-ask-code = Code of your app, or a recovery code:
cli-login-needed = Whose sign-in? Say --login NAME.
cli-signed-in = Signed in as { $name } at { $url }.
cli-signed-out = { $login } is signed out.
cli-not-signed-in = You are not signed in anywhere; on this machine you act as the owner.
cli-config-good = All settings are known and fit.
cli-config-no-toml = { $file } is not valid TOML: { $reason }
cli-config-public-url = to listen on { $host }, beyond this machine, set GITU_PUBLIC_URL to the address people open
cli-config-database-url = must be a PostgreSQL address such as postgresql://user@host/name
cli-keys-rotated = New master key { $key }; secrets re-encrypted: { $count }.
cli-keys-unreadable = { $name } can't be read with any key; enter that secret again.
cli-keys-incomplete = Some secrets changed meanwhile; run gitu keys rotate once more later. Nothing is lost.
cli-audit-whole = The audit log is whole: { $count } sealed entries; { $waiting } wait to be sealed.
cli-audit-no-head = The record of the log's end is missing, so a cut-off end would not be noticed; the server writes it anew.
cli-audit-missing = Entry { $seq } of the audit log is missing: entries were deleted or renumbered. Compare with a backup.
cli-audit-changed = Entry { $seq } of the audit log is not what was sealed: it was edited or put in. Compare with a backup.
cli-audit-rewritten = The audit log up to entry { $seq } was written anew. Compare it with a backup.
cli-audit-cut = The end of the audit log was cut off before entry { $seq }. Compare it with a backup.

## gitu node

node-no-extra = gitu node needs the package { $package }, which is not installed; install it with: pip install "gitu[infer]"
node-choice = { $option } can't be { $given }; it is one of: { $choices }.
node-no-key-file = The key file { $file } can't be read ({ $reason }).
node-open-key-file = Others can read the key file { $file }; run: chmod 600 "{ $file }"
node-bad-key-file = The key file { $file } must hold one line, the key.
node-model-or-upstream = Say what to serve: --model FOLDER, or --upstream URL of another server; one of the two.
node-bad-upstream = { $url } is no address; write one such as http://127.0.0.1:8000.
node-exposed = The node would listen on { $host }, beyond this machine, without a key. Set GITU_NODE_KEY, name a --key-file, or stay on 127.0.0.1.
node-short-key = A key for listening beyond this machine has at least { $least } characters; make one with: openssl rand -hex 32
node-port = The node can't listen on { $host }, port { $port } ({ $reason }); free it, or name another with --port.
node-no-folder = There is no folder { $folder }; name the folder of a model.
node-no-model = { $folder } is not a model's folder: it lacks { $missing }. The page docs/node.md says what belongs into one.
node-bad-description = { $file } does not fit: { $reason }.
node-bad-tokenizer = { $file } is no tokenizer: { $reason }.
node-bad-template = The chat template in gitu-model.json is not valid Jinja: { $reason }.
node-unknown-token = gitu-model.json names the token { $token }, which { $file } does not have.
node-vocabulary = { $file } does not fit to tokenizer.json ({ $reason }); both must come from the same model.
node-no-cuda = There is no NVIDIA GPU that can be used here; leave --device out, or check nvidia-smi.
node-compute-type = { $device } can't compute in { $wanted } here; it can in: { $supported }.
node-load-failed = The model in { $folder } can't be loaded: { $reason }.

## gitu auth

auth-how = Make a token in the web app under Settings › Devices and type it here; or use gitu auth --qr and your phone.
auth-ask-token = Token:
auth-token-needed = Say which token: gitu auth TOKEN. The web app makes one under Settings › Devices.
auth-not-a-token = That is no pairing token; one begins with gitu_pair_. The web app makes one under Settings › Devices.
auth-scan = Scan this with your phone, check that it shows { $code }, and confirm. It holds for two minutes. As a link:
auth-only-here = This Gitu is open to this machine only, so a phone does not reach it; open the link in a browser here.
auth-expired = The two minutes are over.
auth-denied = It was turned down.
auth-lost = The server can't be heard any more.
auth-fall-back = A token does it too: make one in the web app under Settings › Devices.
auth-signed-in = Signed in as { $name } ({ $login }) at { $url }.
auth-valid-until = Holds until { $day }, and longer with each use.
auth-device = This terminal's id: { $id }
auth-refreshed = Refreshed; holds until { $day }.
auth-ended = This terminal's sign-in has run out or was revoked; link it again with gitu auth.
auth-nothing-to-refresh = This terminal is not signed in anywhere; link it with gitu auth.

## gitu doctor

doctor-crashed = { $check }: the check itself failed ({ $reason }).
doctor-python = Python { $version }
doctor-python-old = Python { $version } is too old; install { $wanted } or newer.
doctor-settings = Settings are known and fit.
doctor-setting = Setting { $problem }
doctor-home = Home folder { $folder }, closed to others
doctor-home-new = Home folder { $folder } will be made at the first start.
doctor-home-closed = { $folder } can't be written; change its owner, or set GITU_HOME to another folder.
doctor-home-open = Others can read { $folder }; run: chmod 700 "{ $folder }"
doctor-keys = Master keys in { $file }; keep a copy in a safe place.
doctor-keys-new = Master keys will be made at the first start.
doctor-keys-environment = Master keys come from GITU_MASTER_KEYS.
doctor-keys-missing = { $file } is missing; stored secrets can't be read without it. Put it back from your copy.
doctor-keys-open = Others can read { $file }; run: chmod 600 "{ $file }"
doctor-keys-broken = { $file } can't be read; put it back from your copy.
doctor-disk = { $free } GB free on disk
doctor-disk-little = Only { $free } GB free for { $folder }; make room soon.
doctor-disk-full = Only { $free } GB free for { $folder }; make room now, or nothing more can be saved.
doctor-sandbox = Commands run in sandboxes of { $backend }.
doctor-sandbox-off = Commands are switched off (GITU_SANDBOX=off).
doctor-sandbox-none = Commands are refused, since nothing can confine them: { $problem }
doctor-sandbox-note = Sandboxes: { $note }
doctor-database = PostgreSQL { $version } answers, at migration { $at }.
doctor-database-asleep = Gitu's own database starts with the server.
doctor-database-away = The database can't be reached: { $reason }. Start it, or check DATABASE_URL.
doctor-database-old = PostgreSQL { $version } is too old; use 15 or newer.
doctor-database-newer = The database is at { $at }, newer than this Gitu ({ $known }); update Gitu.
doctor-database-behind = The database is at { $at }, this Gitu at { $known }; the next gitu serve updates it.
doctor-server = Server { $version } runs at { $url }.
doctor-server-other = Server { $version } runs, but this is { $ours }; restart it.
doctor-server-failing = The server at { $url } is not ready: { $reason } Restart it; its log is in the home folder's logs.
doctor-server-asleep = No server runs; port { $port } is free. Start one with gitu serve.
doctor-port-taken = No server runs and { $host }:{ $port } is taken by another program; Gitu will take the next free port.
doctor-owner-needed = There is no owner yet; run gitu setup.
doctor-model = Model connection { $name } answers in { $milliseconds } ms.
doctor-model-failing = Model connection { $name }: { $reason }
doctor-models-none = No model is connected; run gitu setup, or gitu models create-connection --help.
doctor-node = Node { $name } at { $address } answers in { $milliseconds } ms.
doctor-node-failing = Node { $name }: { $problem }
doctor-node-other = Node { $name } runs version { $version }, but this is { $ours }; update the older of the two.
doctor-port = Ports: { $text }
doctor-port-commands = Ports: { $text } ({ $commands })
doctor-clock = Clock: { $now }
doctor-clock-off = This machine's clock and the server's differ by { $seconds } s; set them by NTP.
doctor-audit = Audit log sealed up to { $seq } ({ $hash }…).
doctor-audit-unsealed = The latest { $count } audit entries are not sealed yet; if this stays so, restart the server.

## gitu setup

setup-variable-empty = The environment variable { $name } is not set or empty.
setup-missing = There is no owner yet and nobody to ask; give { $options } as well (see gitu setup --help).
setup-owner-made = { $name } is the owner now.
setup-owner-there = There is an owner already: { $name }.
setup-no-model = No model is connected; commands work, answers need one. Run gitu setup again, or see Settings › Models.
setup-model-made = Connected { $name }; it offers { $count ->
    [one] one model
   *[other] { $count } models
 }.
setup-model-there = { $name } was connected already; it offers { $count ->
    [one] one model
   *[other] { $count } models
 }.
setup-model-failing = The model does not answer: { $reason }
setup-model-default = { $name } answers by default.
setup-welcome = Welcome. Who owns this Gitu?
setup-ask-login = Sign-in name:
setup-ask-name = Your name:
setup-ask-language = Language (en, ar):
setup-ask-time-zone = Time zone:
setup-ask-password = Password:
setup-ask-password-again = The password again:
setup-passwords-differ = The two are not the same; once more.
setup-ask-again = { $value } is not possible here; try again.
setup-models = Which model shall answer?
setup-model-other = another one (address and key)
setup-model-later = none for now
setup-ask-choice = Number:
setup-ask-provider = Provider (openai, anthropic, google, mistral, groq, openrouter, bedrock, openai_compatible):
setup-ask-url = Base URL (such as http://127.0.0.1:11434/v1):
setup-ask-region = AWS region (such as eu-central-1):
setup-ask-key = API key (empty for none):

## Conversations

ask-nothing = Ask something: gitu ask "why?", or pipe it in.
ask-piped-cut = Only the first { $characters } characters of what was piped in are sent.
turn-again = — the answer begins anew —
turn-held = Waiting for your approval: gitu trust approve { $approval }
turn-receipt = Receipt { $receipt }
approval-wanted = Your approval is needed
approval-dangerous = can't be undone
approval-until = You can answer until { $until }
approval-outside = Content from outside was read before this ({ $sources }). It may be what asks for this, not you.
approval-command = Runs this command
approval-amount = Amount
approval-recipients = To
approval-hosts = Machines
approval-paths = Files and folders
approval-diff = Changes this
approval-input = The whole input
approval-cut = { $count ->
    [one] … one more line; + and Enter show everything
   *[other] … { $count } more lines; + and Enter show everything
 }
approval-way-once = 1 approve once
approval-way-session = 2 for this conversation
approval-way-until = 3 for a day (3 8h: eight hours)
approval-way-always = 4 always exactly this
approval-way-deny = 0 deny
approval-not-understood = A number from above and Enter; nothing happens without it.
approval-given = You approved this.
approval-denied = You denied this; nothing ran.
approval-answered-elsewhere = No longer asked: it was answered elsewhere, or its time is over.
turn-stopped = Stopped.
turn-usage = { $sent } → { $received } tokens · { $cost } · so far { $total } · { $seconds } s
repl-welcome = Gitu { $version } · help lists the commands · Ctrl-D leaves
repl-no-model = No model is connected, so only commands are answered. Connect one with gitu setup.
repl-bye = Goodbye.
repl-new = A new conversation begins with your next message.
repl-switched = Conversation: { $title }
repl-nothing-to-rename = There is no conversation yet; say something first.
repl-help-help = this list
repl-help-status = how this Gitu is doing
repl-help-session = your conversations
repl-help-clear = clear the screen
repl-help-history = what was said in this conversation
repl-help-stop = stop everything that acts for you, now
repl-help-exit = leave (Ctrl-D too)
repl-help-session-list = your latest conversations
repl-help-session-new = begin a new conversation
repl-help-session-switch = go on with another one: its number in the list, or its id
repl-help-session-rename = give this conversation a title
repl-help-actions = { $count } actions behind a slash, such as /list-models; Tab completes them and their arguments.
repl-help-keys = Ctrl-C stops an answer · Esc Enter begins a new line · Ctrl-D leaves

## What Typer says in English itself, in the form in which other languages fill it

option-help = Show this message and exit.
cli-usage = Usage: { $usage }
cli-usage-help = For help: { $command }
typer-arguments = Arguments
typer-options = Options
typer-commands = Commands
typer-error = Error
typer-aborted = Aborted.
typer-required = [required]
typer-deprecated = (deprecated)
typer-dynamic = (dynamic)
typer-default = [default: { $value }]
typer-variable = [env var: { $value }]
typer-try = For help: { $command }

## Command lines that can't be read

misuse-command = There is no command { $name }.
misuse-command-nearest = There is no command { $name }. Did you mean { $nearest }?
misuse-command-missing = The command is missing.
misuse-option = There is no option { $name }.
misuse-option-nearest = There is no option { $name }. Possible: { $nearest }.
misuse-option-empty = The option { $name } needs a value behind it.
misuse-option-value = The option { $name } takes no value.
misuse-missing = { $name } is missing.
misuse-extra = Unexpected words: { $name }
misuse-value = The value of { $name } does not fit: { $reason }

## Commands

run-nothing = Say what to run: gitu run -- make test
run-cut = The server broke off before the command ended; gitu shell list-runs shows what became of it.
run-left-out = [… { $count } bytes left out …]
run-timeout = Its time was up; give it more with --timeout.
run-denied-hosts = It asked in vain for { $hosts }; let it with --host.
run-changed = { $count ->
    [one] One file was changed; gitu files undo-run { $run } takes that back.
   *[other] { $count } files were changed; gitu files undo-run { $run } takes that back.
}
run-audit = audit { $audit } · exit code { $code }
run-unsandboxed = This runs outside of the sandbox, with all rights that Gitu has on its machine: { $command } Type yes to go on:
run-not-sure = Without a terminal nobody can be asked; say --yes if this shall run outside of the sandbox.
run-declined = It did not run.
run-sandbox-only = --host and --folder are for the sandbox; outside of it there is nothing to allow.
run-piped-too-much = At most { $limit } bytes can be piped in; put more into a file of your workspace.
run-no-folder = There is no allowed folder { $name }; gitu files list-folders shows yours.

confirm-why = This makes a new way in: confirm that it is you.
confirm-ask-password = Password (empty for a code):
confirm-ask-code = Code of your app, or a recovery code:

## gitu privacy

privacy-file = { $file } can't be written ({ $reason }); name a file that does not exist yet.
privacy-exported = All that is held on you is in { $file } ({ $bytes } bytes).
privacy-export-failed = The export failed; perhaps the server's disk is full. Try again, or see gitu doctor.
privacy-confirm-needed = Say whom: --confirm { $login }. And pipe your password in with --password-stdin.
privacy-prove-in-browser = You sign in with a passkey, which a terminal can't ask for. Do this in a browser: { $address }
privacy-confirm = This can't be undone. Type { $login } to go on:
privacy-receipt = Erasing. This receipt shows the report again (gitu privacy report): { $receipt }
privacy-goes = Goes:
privacy-stays = Stays:
privacy-amount = { $title } (entries: { $rows }, files: { $files })
