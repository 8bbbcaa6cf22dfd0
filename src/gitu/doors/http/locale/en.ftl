# What fills sentences of the HTTP door.

field-frame = must be ping, watch, unwatch, execute, watch_run, unwatch_run, run_input, run_resize or stop_run, with their fields
request-not-json = it is not valid JSON
request-unreadable = its body can't be parsed
