# What is held of people.

kind-files = Files
kind-files-what = Your workspace, the folders you may use, every change of a file, and former contents for an undo.
kind-files-why = So that you and the assistant can work on files, and take a change back.
