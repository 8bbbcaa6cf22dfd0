"""Actions: declared once, run by every door through ``execute`` and by nothing else."""
