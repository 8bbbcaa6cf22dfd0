"""The process's password hashing, and the rule for new passwords, as identity's errors tell them."""

from pydantic import SecretStr

from gitu.kernel.actions.validation import invalid_fields
from gitu.kernel.crypto.passwords import HashingOverloaded, Passwords, Verdict, password_problem
from gitu.kernel.errors import FieldProblem, Unavailable
from gitu.kernel.services import Services


class PasswordChecker:
    """One per process, since hashing has threads of its own."""

    def __init__(self, services: Services) -> None:
        del services
        self._passwords = Passwords()

    async def verify(self, password: str, stored: str | None) -> Verdict:
        """Whether the password is right. Raises Unavailable when too many wait."""
        try:
            return await self._passwords.verify(password, stored)
        except HashingOverloaded:
            raise Unavailable(what="Sign-in", retry_after=2) from None

    async def hash_new(self, password: SecretStr, *, login: str, name: str, field: str, locale: str) -> str:
        """The hash of a new password. Raises Invalid naming ``field`` when it is too weak."""
        clear = password.get_secret_value()
        problem = password_problem(clear, login=login, name=name, locale=locale)
        if problem is not None:
            raise invalid_fields([FieldProblem(path=field, message=problem)])
        try:
            return await self._passwords.hash(clear)
        except HashingOverloaded:
            raise Unavailable(what="Sign-in", retry_after=2) from None

    async def aclose(self) -> None:
        """End the threads."""
        self._passwords.close()
