"""Commands that people and their assistant run, in a sandbox unless an admin decides otherwise."""
