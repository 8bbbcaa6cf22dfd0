# What does not fit in a command for a sandbox.

field-one-form = give either argv or shell
field-no-program = argv must begin with a program
field-command-nul = a command can't hold the NUL character
