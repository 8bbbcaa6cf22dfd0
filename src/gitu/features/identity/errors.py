"""Identity's errors."""

from gitu.kernel.errors import Conflict, Denied, Invalid, NotFound, TooMany, Unauthenticated, UpstreamFailed


class SignInFailed(Unauthenticated):
    code = "auth.sign_in_failed"
    title = "Sign-in failed"
    text = "The name and password don't belong together; check both and try again."


class SignInThrottled(TooMany):
    code = "auth.throttled"
    title = "Too many attempts"
    text = "Too many failed sign-ins; wait {$seconds} seconds and try again."


class SessionExpired(Unauthenticated):
    code = "auth.expired"
    title = "Sign in again"
    text = "This device's sign-in has run out or was revoked; sign in again."


class TokenInvalid(Unauthenticated):
    code = "auth.token_invalid"
    title = "The key is not valid"
    text = "This API key is unknown, expired or revoked; create a new one in the settings."


class LinkInvalid(NotFound):
    code = "auth.link_invalid"
    title = "The link is not valid"
    text = "This link was used already, has run out or is incomplete; ask for a new one."


class OwnerExists(Conflict):
    code = "auth.owner_exists"
    title = "There is an owner already"
    text = "This Gitu has an owner already; sign in, or ask the owner for an invitation."


class LoginTaken(Conflict):
    code = "auth.login_taken"
    title = "That sign-in name is taken"
    text = "The sign-in name {$login} is taken; choose another one."


class SignUpClosed(Denied):
    code = "auth.sign_up_closed"
    title = "By invitation only"
    text = "New accounts are by invitation here; ask the owner for one."


class PasswordWrong(Invalid):
    code = "auth.password_wrong"
    title = "The current password is wrong"
    text = "The current password is not right; nothing was changed."


class ConfirmationNeeded(Denied):
    """Told before whatever makes a new way in; the screens ask, and do it again."""

    code = "auth.confirmation_needed"
    title = "Is it you?"
    text = "Confirm with your password, a code or a passkey that it is you, and do this again within ten minutes."


class PasskeyNotConfirmed(Invalid):
    code = "auth.passkey_not_confirmed"
    title = "The passkey did not confirm you"
    text = "This passkey is not one of yours here, or it took too long; try again or use another way."


class ScopeBeyondYours(Denied):
    code = "auth.scope_beyond_yours"
    text = "A key can't do more than you may: {$scopes} is not yours to give. Choose from the list of scopes."


class OwnerUntouchable(Denied):
    code = "auth.owner_untouchable"
    text = "The owner's role can't be taken away or disabled, and nobody can change their own."


class PersonNeeded(Denied):
    code = "auth.person_needed"
    title = "Only a person may do this"
    text = "Only someone who is signed in may do this, not a program with a key; do it in the web app."


class PairingInvalid(NotFound):
    code = "auth.pairing_invalid"
    title = "The link to a terminal is not valid"
    text = "This token or code was used already, was turned down or has run out; make a new one."


class PairingPending(Conflict):
    code = "auth.pairing_pending"
    title = "Not confirmed yet"
    text = "Nobody has confirmed this terminal yet; confirm it in the web app."


class SecondStepExpired(Unauthenticated):
    code = "auth.second_step_expired"
    title = "Sign in again"
    text = "The second step took too long or was done already; begin again with your password."


class CodeWrong(Unauthenticated):
    code = "auth.code_wrong"
    title = "The code is wrong"
    text = "That code is not right or was used before; wait for the next one and try again."


class SecondFactorThere(Conflict):
    code = "auth.second_factor_there"
    title = "There is a second factor already"
    text = "Signing in asks you for a code already; switch that off first."


class SecondFactorMissing(NotFound):
    code = "auth.second_factor_missing"
    title = "There is no second factor"
    text = "No second factor is set up."


class PasskeyInvalid(Invalid):
    code = "auth.passkey_invalid"
    title = "The passkey was not added"
    text = "The passkey does not fit this Gitu, is known already, or took too long; begin again."


class PasskeyRefused(Unauthenticated):
    code = "auth.passkey_refused"
    title = "Sign-in failed"
    text = "This passkey does not sign anyone in here, or it took too long; try again or use another way."


class TooManyPasskeys(Conflict):
    code = "auth.too_many_passkeys"
    title = "Too many passkeys"
    text = "You have {$limit} passkeys, which is the most; remove one first."


class SuccessorNotAdmin(Conflict):
    code = "auth.successor_not_admin"
    title = "Only an admin can become the owner"
    text = "{$login} is no admin with access; make them one first, then hand this Gitu over."


class SignInAgain(Denied):
    code = "auth.sign_in_again"
    title = "Sign in again first"
    text = (
        "You have neither a password nor a passkey here; sign out, sign in again, and do it within {$minutes} minutes."
    )


class LastWayIn(Conflict):
    code = "auth.last_way_in"
    title = "That is your only way in"
    text = "Without it you could not sign in any more; add a passkey first."


class ProviderMissing(NotFound):
    code = "auth.provider_missing"
    title = "There is no sign-in provider"
    text = "No OpenID provider is set up; an admin sets one up in the settings."


class ProviderFixed(Conflict):
    code = "auth.provider_fixed"
    title = "The settings name the provider"
    text = "The OpenID provider stands in this Gitu's settings (GITU_OPENID_ISSUER); change it there."


class ProviderFailed(UpstreamFailed):
    code = "auth.provider_failed"
    title = "The sign-in provider failed"
    text = "{$service} can't be used: {$reason}. Check its address, or try again."


class OpenIdStateInvalid(Invalid):
    code = "auth.openid_state"
    title = "Begin again"
    text = "This sign-in took too long, was used before or began in another browser; begin again here."


class OpenIdLinkTaken(Conflict):
    code = "auth.openid_taken"
    title = "That account is linked already"
    text = "That account at the provider signs somebody else in here; unlink it there first."
