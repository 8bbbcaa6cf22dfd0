"""Transport only: each door turns what it receives into one call of kernel.actions.execute."""
