"""Who calls and what they may do: principals, roles and scopes."""
