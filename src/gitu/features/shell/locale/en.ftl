# What is held of people.

kind-commands = Commands
kind-commands-what = Commands that ran for you, and the beginning and the end of what they wrote.
kind-commands-why = So that you see what was run for you.
