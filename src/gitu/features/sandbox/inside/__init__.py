"""What of Gitu is mounted inside a sandbox."""
