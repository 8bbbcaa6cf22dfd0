"""What one may do with models."""

from gitu.kernel.auth.principal import Role
from gitu.kernel.auth.scopes import declare_scope

MODELS_READ = declare_scope("models:read", role=Role.GUEST, title="See models, connections and your own usage")
MODELS_CHOOSE = declare_scope("models:choose", role=Role.GUEST, title="Choose your default model")
MODELS_CONNECT = declare_scope("models:connect", role=Role.MEMBER, title="Connect models with your own keys")
MODELS_USAGE_ALL = declare_scope("models:usage_all", role=Role.ADMIN, title="See what everyone's use of models costs")
MODELS_SHARE = declare_scope("models:share", role=Role.ADMIN, title="Manage the connections everyone uses")
MODELS_USE = declare_scope("models:use", role=Role.GUEST, title="Ask models through the gateway (/v1)")
MODELS_CACHE = declare_scope("models:cache", role=Role.GUEST, title="Forget kept answers of your models")
MODELS_BUDGET = declare_scope("models:budget", role=Role.MEMBER, title="Set budgets of your own for models")
MODELS_BUDGET_ALL = declare_scope(
    "models:budget_all", role=Role.ADMIN, title="Set budgets for models that count everyone"
)
