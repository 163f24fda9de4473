"""People, where they are signed in, and the tokens of their programs."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models.functions import Now, Upper

from accounts.validators import refuse_reserved, validate_time_zone, validate_username


class UserManager(DjangoUserManager["User"]):
    """Users by hand or command; the role and Django's flags are in step."""

    def create_superuser(self, *args: Any, **kwargs: Any) -> "User":
        kwargs.setdefault("role", User.Role.ADMIN)
        return super().create_superuser(*args, **kwargs)


class User(AbstractUser):
    class Role(models.TextChoices):
        MEMBER = "member"
        STAFF = "staff"
        ADMIN = "admin"

    class Language(models.TextChoices):
        ENGLISH = "en"
        GERMAN = "de"
        FRENCH = "fr"
        SPANISH = "es"
        PORTUGUESE = "pt"

    username = models.CharField(
        max_length=150, unique=True, validators=[validate_username, refuse_reserved]
    )
    email = models.EmailField("e-mail address")
    time_zone = models.CharField(
        max_length=64, default="UTC", validators=[validate_time_zone]
    )
    language = models.CharField(
        max_length=2,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
    )
    role = models.CharField(
        max_length=6, choices=Role, default=Role.MEMBER, db_default=Role.MEMBER
    )
    deleted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since when it may be purged."
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
            # The admin site asks Django's flags, the API asks the role: they agree.
            models.CheckConstraint(
                condition=models.Q(role="admin", is_staff=True, is_superuser=True)
                | (
                    ~models.Q(role="admin")
                    & models.Q(is_staff=False, is_superuser=False)
                ),
                name="auth_user_role_in_step",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["en", "de", "fr", "es", "pt"]),
                name="auth_user_language_known",
            ),
        ]
        indexes = [
            models.Index(fields=["-date_joined", "-id"], name="auth_user_newest"),
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False),
                name="auth_user_deleted",
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
        PASSWORD = "password"  # noqa: S105 - a reason, not a secret
        ROLE = "role"
        DELETED = "deleted"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    generation = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    rotated_at = models.DateTimeField(help_text="When the current refresh was signed.")
    expires_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=11, choices=EndReason, blank=True)
    user_agent = models.CharField(max_length=255, blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        db_table = "accounts_session"
        indexes = [
            models.Index(
                fields=["user", "-created_at", "-id"],
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


class Mail(models.Model):
    """A mail that is to leave, written with what it tells of; a job sends it.

    Asking for a reset writes one whatever the address, and looks nobody up. It stays
    for five minutes after it was sent, so that an address gets no second one in them.
    """

    class Kind(models.TextChoices):
        PASSWORD_RESET = "password_reset"  # noqa: S105 - a name, not a secret
        PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name, not a secret
        EMAIL_CHANGED = "email_changed"

    kind = models.CharField(max_length=16, choices=Kind)
    address = models.CharField(max_length=254)
    created_at = models.DateTimeField(db_default=Now())
    retry_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    sent_at = models.DateTimeField(null=True)
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        db_table = "accounts_mail"
        constraints = [
            models.UniqueConstraint(
                Upper("address"),
                condition=models.Q(kind="password_reset"),
                name="accounts_mail_one_reset",
            )
        ]
        indexes = [
            models.Index(
                fields=["retry_at", "id"],
                condition=models.Q(sent_at__isnull=True),
                name="accounts_mail_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} mail {self.pk}"
