"""What keeps the assistant honest: the audit log, approvals, and the list of what one may do."""
