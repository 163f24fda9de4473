"""What the mails say. No mail has a secret in it but the link to reset a password."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import Mail, User

RESET = """\
Hello {username},

somebody, probably you, asked to set a new password on {site}.
This link does it, once, within an hour:

{link}

If it was not you, ignore this mail: nothing has changed.
"""
PASSWORD_CHANGED = """\
Hello,

the password of your account on {site} was changed, and every
session was ended.

If it was not you, set a new one with "Forgot your password?" on the sign-in page,
and tell the operator.
"""  # noqa: S105 - a text, not a secret
EMAIL_CHANGED = """\
Hello,

this is no longer the e-mail address of your account on {site}.

If it was not you who changed it, tell the operator.
"""
FIXED = {
    Mail.Kind.PASSWORD_CHANGED: ("Your password was changed", PASSWORD_CHANGED),
    Mail.Kind.EMAIL_CHANGED: ("Your e-mail address was changed", EMAIL_CHANGED),
}


def letter_for(mail: Mail) -> EmailMessage | None:
    """None where there is nobody to write to."""
    if mail.kind == Mail.Kind.PASSWORD_RESET:
        return reset_letter(mail.address)
    subject, text = FIXED[Mail.Kind(mail.kind)]
    return EmailMessage(subject, text.format(site=settings.SITE_URL), to=[mail.address])


def reset_letter(address: str) -> EmailMessage | None:
    """To the address we know, which the one asked for may only resemble."""
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user is None or not user.has_usable_password():
        return None
    text = RESET.format(
        username=user.username, site=settings.SITE_URL, link=reset_link(user)
    )
    return EmailMessage("Set a new password", text, to=[user.email])


def reset_link(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    secret = urlencode({"uid": uid, "token": token})
    # After the #, which browsers keep to themselves: no log of a server has it.
    return f"{settings.SITE_URL}/password/reset#{secret}"
