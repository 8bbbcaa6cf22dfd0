"""People and how they prove who they are: accounts, devices, API keys, invitations."""
