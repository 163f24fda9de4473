"""People, where they are signed in, and the tokens of their programs."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Now, Upper

from accounts.validators import validate_time_zone, validate_username


class UserManager(DjangoUserManager["User"]):
    def create_superuser(self, *args: Any, **kwargs: Any) -> "User":
        kwargs.setdefault("role", User.Role.ADMIN)
        return super().create_superuser(*args, **kwargs)


class User(AbstractUser):
    class Role(models.TextChoices):
        MEMBER = "member"
        STAFF = "staff"
        ADMIN = "admin"

    username = models.CharField(
        max_length=150, unique=True, validators=[validate_username]
    )
    email = models.EmailField("e-mail address")
    time_zone = models.CharField(
        max_length=64, default="UTC", validators=[validate_time_zone]
    )
    role = models.CharField(
        max_length=6, choices=Role, default=Role.MEMBER, db_default=Role.MEMBER
    )

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        db_table = "auth_user"
        constraints = [
            # Django's iexact compares UPPER(…), so these indexes serve it too.
            models.UniqueConstraint(
                Upper("email"),
                name="auth_user_email_once",
                violation_error_message="This e-mail address is taken.",
            ),
            models.UniqueConstraint(
                Upper("username"),
                name="auth_user_username_once",
                violation_error_message="This username is taken.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["member", "staff", "admin"]),
                name="auth_user_role_known",
            ),
        ]


class Session(models.Model):
    """One sign-in. Its generation counts the refresh tokens given out for it.

    A refresh token is made of (id, generation, rotated_at) and signed, so it is never
    stored, and the same successor can be signed again for a tab that lost a race.
    """

    class EndReason(models.TextChoices):
        LOGOUT = "logout"
        REUSED = "reused"
        ADMIN = "admin"
        DEACTIVATED = "deactivated"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    generation = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    rotated_at = models.DateTimeField(help_text="When the current refresh was signed.")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=11, choices=EndReason, blank=True)
    user_agent = models.CharField(max_length=255, blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        db_table = "accounts_session"
        indexes = [
            models.Index(
                fields=["user", "-id"],
                condition=models.Q(ended_at__isnull=True),
                name="accounts_session_open",
            )
        ]

    def __str__(self) -> str:
        return f"session {self.pk} of user {self.user_id}"


class ApiToken(models.Model):
    """A personal token for programs. What is sent, `tm_…`, is stored as a hash only.

    It is derived from the nonce and the signing key, so that a repeated POST can be
    answered with it once more; after two days the nonce is forgotten.
    """

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=5, choices=Scope)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256, in hex.")
    nonce = models.BinaryField(max_length=32, null=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(
        null=True, blank=True, help_text="To the minute."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "accounts_api_token"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=["read", "write"]),
                name="accounts_api_token_scope_known",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "-created_at", "-id"],
                condition=models.Q(revoked_at__isnull=True),
                name="accounts_api_token_live",
            )
        ]

    def __str__(self) -> str:
        return f"API token {self.pk} of user {self.user_id}"
