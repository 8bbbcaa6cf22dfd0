# What people read of trust that is neither an error nor an action's name.
trust-delegate-assistant = The assistant
trust-delegate-gone = A revoked key
trust-grant-reading = Read what you keep in Gitu
field-no-conversation = there is no conversation
field-too-narrow = are too narrow
field-always-asked = is asked about every time
