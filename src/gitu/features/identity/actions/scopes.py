"""The permissions that identity's actions need."""

from gitu.kernel.actions.validation import Input
from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

ME_READ = declare_scope("me:read", role=Role.GUEST, title="See your own account")
ME_WRITE = declare_scope("me:write", role=Role.GUEST, title="Change your own account and preferences")
DEVICES_READ = declare_scope("devices:read", role=Role.GUEST, title="See your signed-in devices")
DEVICES_WRITE = declare_scope("devices:write", role=Role.GUEST, title="Sign devices out")
DEVICES_LINK = declare_scope("devices:link", role=Role.GUEST, title="Link terminals to your account")
FACTORS_READ = declare_scope("factors:read", role=Role.GUEST, title="See how you sign in")
FACTORS_WRITE = declare_scope("factors:write", role=Role.GUEST, title="Change how you sign in")
KEYS_READ = declare_scope("keys:read", role=Role.MEMBER, title="See your API keys")
KEYS_WRITE = declare_scope("keys:write", role=Role.MEMBER, title="Create and revoke your API keys")
USERS_READ = declare_scope("users:read", role=Role.ADMIN, title="See people and invitations")
USERS_INVITE = declare_scope("users:invite", role=Role.ADMIN, title="Invite people")
USERS_ADMIN = declare_scope("users:admin", role=Role.ADMIN, title="Change roles and close accounts")
INSTANCE_WRITE = declare_scope("instance:write", role=Role.ADMIN, title="Change this Gitu's own settings")


class NoInput(Input):
    """Nothing to give."""
