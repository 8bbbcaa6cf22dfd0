# What does not fit in a field.

field-time-zone = is not a time zone; use a name such as Europe/Berlin or Asia/Riyadh
field-login-spaces = may not hold spaces
field-unasked-beyond = name a permission that the key does not have
field-code-wrong = is not right or was used before

# What is held of people.

kind-account = Account
kind-account-what = Your name, sign-in name, role and preferences, and invitations that you made.
kind-account-why = So that you can use this Gitu as yourself.
kind-sign-in = Sign-in
kind-sign-in-what = Your devices with address and last use, passkeys, one-time codes, API keys and linked accounts; of secrets only hashes or what is encrypted.
kind-sign-in-why = So that only you get in, and you see from where.
