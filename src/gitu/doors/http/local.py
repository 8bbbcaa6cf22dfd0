"""The terminal on this machine acts as the owner: whoever may read the data folder holds its keys anyway.

A fresh token is written, readable by the server's own user alone, at every start; it is taken only from
loopback and dies with the process.
"""

from gitu.features.identity.api import owner_principal
from gitu.kernel.auth.principal import Principal
from gitu.kernel.crypto.tokens import new_token, same_secret
from gitu.kernel.services import Services
from gitu.kernel.settings import LOOPBACK
from gitu.kernel.storage.paths import write_private

PREFIX = "gitu_loc"


class LocalAccess:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._token = new_token(PREFIX)

    def write(self) -> None:
        """Write the token to the home folder, readable by this user alone."""
        write_private(self._services.home.local_token_file, self._token)

    async def principal(self, token: str, address: str | None) -> Principal | None:
        """The owner, when the token is this process's own and comes from this machine."""
        if not token.startswith(PREFIX) or address not in LOOPBACK:
            return None
        if not same_secret(token, self._token):
            return None
        return await owner_principal(self._services)
