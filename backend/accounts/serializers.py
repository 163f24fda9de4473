from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Func
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts import examples
from accounts.models import ApiToken, Session, User
from accounts.validators import (
    refuse_reserved,
    validate_new_password,
    validate_time_zone,
    validate_username,
)
from common.errors import field_error
from common.params import Param
from common.schema import example
from common.serializers import (
    StrictCharField,
    StrictDateTimeField,
    StrictEmailField,
    StrictModelSerializer,
    StrictSerializer,
)

LONGEST_LIFE = timedelta(days=3_653)
MAX_PASSWORD_LENGTH = 128  # PBKDF2 reads it all; nobody types more


class PasswordField(StrictCharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=MAX_PASSWORD_LENGTH,
            trim_whitespace=False,
            write_only=True,
            **kwargs,
        )


@example(response=examples.USER, patch={"time_zone": "America/New_York"})
class UserSerializer(StrictModelSerializer):
    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "time_zone",
            "language",
            "role",
            "date_joined",
        ]
        read_only_fields = ["id", "username", "email", "role", "date_joined"]


@example(patch=examples.PROFILE_CHANGE)
class ProfileSerializer(UserSerializer):
    """What PATCH takes; the answer is the UserSerializer's."""

    password = PasswordField(required=False, help_text="For a new e-mail address.")

    class Meta(UserSerializer.Meta):
        fields = [*UserSerializer.Meta.fields, "password"]
        read_only_fields = ["id", "username", "role", "date_joined"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "password" in attrs and "email" not in attrs:
            raise field_error("password", "unknown_field", "Only for a new `email`.")
        return attrs


@example(request=examples.REGISTRATION)
class RegisterSerializer(StrictSerializer):
    username = StrictCharField(
        max_length=150, validators=[validate_username, refuse_reserved]
    )
    email = StrictEmailField(max_length=254)
    password = PasswordField()
    time_zone = StrictCharField(
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text="Where this person's days begin. A change counts from the next "
        "access token on.",
    )
    language = serializers.ChoiceField(
        choices=User.Language.choices, default=User.Language.ENGLISH
    )

    def validate_username(self, value: str) -> str:
        return refuse_taken("username", value)

    def validate_email(self, value: str) -> str:
        return refuse_taken("email", value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        person = User(username=attrs["username"], email=attrs["email"])
        validate_new_password(attrs["password"], person, field="password")
        return attrs


def refuse_taken(field: str, value: str) -> str:
    if User.objects.filter(**{f"{field}__iexact": value}).exists():
        raise taken(field)
    return value


def taken(field: str) -> ValidationError:
    label = "e-mail address" if field == "email" else field
    return ValidationError(ErrorDetail(f"This {label} is taken.", code="unique"))


@example(request=examples.CREDENTIALS)
class CredentialsSerializer(StrictSerializer):
    username = StrictCharField(max_length=254, help_text="Username or e-mail.")
    password = PasswordField()


@example(request=examples.REFRESH)
class RefreshSerializer(StrictSerializer):
    refresh = StrictCharField(
        max_length=1_024,
        required=False,
        write_only=True,
        help_text="Left out in cookie mode.",
    )


class IsCurrentField(serializers.BooleanField):
    """Whether it is the session that asks."""

    def __init__(self) -> None:
        super().__init__(source="pk", read_only=True)

    def to_representation(self, value: int) -> bool:
        return bool(value == self.context["request"].auth.session_id)

    def as_expression(self) -> Func:
        return Func(
            F("pk"),
            Param("session", "bigint"),
            arg_joiner=" = ",
            template="(%(expressions)s)",
            output_field=models.BooleanField(),
        )


@example(response=examples.SESSION)
class SessionSerializer(StrictModelSerializer):
    last_used_at = StrictDateTimeField(
        source="rotated_at",
        read_only=True,
        help_text="When it last got an access token; these last five minutes.",
    )
    is_current = IsCurrentField()

    class Meta:
        model = Session
        fields = [
            "id",
            "created_at",
            "last_used_at",
            "user_agent",
            "ip_address",
            "is_current",
        ]
        read_only_fields = fields


@example(request={"password": "correct-horse-battery"})
class OwnPasswordSerializer(StrictSerializer):
    password = PasswordField()


@example(request=examples.PASSWORD_CHANGE)
class PasswordChangeSerializer(StrictSerializer):
    password = PasswordField(help_text="The one you have.")
    new_password = PasswordField()


@example(request={"email": "ada@example.org"})
class ResetRequestSerializer(StrictSerializer):
    email = StrictEmailField(max_length=254)


@example(response={"detail": "If the address has an account, a mail is on its way."})
class DetailSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField()


@example(request=examples.RESET)
class ResetConfirmSerializer(StrictSerializer):
    uid = StrictCharField(max_length=64, help_text="As in the link of the mail.")
    token = StrictCharField(max_length=128)
    new_password = PasswordField()


@example(response=examples.PERSON, patch={"role": "staff"})
class PersonSerializer(StrictModelSerializer):
    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "role",
            "is_active",
            "date_joined",
            "last_login",
        ]
        read_only_fields = [
            name for name in fields if name not in ("role", "is_active")
        ]


@example(request=examples.API_TOKEN_REQUEST, response=examples.API_TOKEN)
class ApiTokenSerializer(StrictModelSerializer):
    name = StrictCharField(max_length=100)

    class Meta:
        model = ApiToken
        fields = ["id", "name", "scope", "expires_at", "created_at", "last_used_at"]
        read_only_fields = ["id", "created_at", "last_used_at"]

    def validate_expires_at(self, value: datetime | None) -> datetime | None:
        if value and not timezone.now() < value <= timezone.now() + LONGEST_LIFE:
            raise ValidationError(
                "Name a moment within the next ten years.", code="out_of_range"
            )
        return value


@example(response=examples.NEW_API_TOKEN)
class NewApiTokenSerializer(ApiTokenSerializer):
    token = serializers.CharField(
        read_only=True,
        allow_null=True,
        help_text="Never shown again; null in a replay that comes too late for it.",
    )

    class Meta(ApiTokenSerializer.Meta):
        fields = [*ApiTokenSerializer.Meta.fields, "token"]


@example(response=examples.TOKEN_PAIR)
class TokenPairSerializer(serializers.Serializer[Any]):
    access = serializers.CharField(help_text="For `Authorization: Bearer`; 5 minutes.")
    refresh = serializers.CharField(
        required=False, help_text="Spent by its first use; absent in cookie mode."
    )
    user = UserSerializer()
