from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from accounts import examples
from accounts.models import ApiToken, User
from accounts.validators import validate_time_zone, validate_username
from common.schema import example
from common.serializers import (
    StrictCharField,
    StrictEmailField,
    StrictModelSerializer,
    StrictSerializer,
)

LONGEST_LIFE = timedelta(days=3_653)
MAX_PASSWORD_LENGTH = 128  # PBKDF2 reads it all; nobody types more


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
            "role",
            "date_joined",
        ]
        read_only_fields = ["id", "username", "email", "role", "date_joined"]


@example(request=examples.REGISTRATION)
class RegisterSerializer(StrictSerializer):
    username = StrictCharField(max_length=150, validators=[validate_username])
    email = StrictEmailField(max_length=254)
    password = StrictCharField(
        max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False, write_only=True
    )
    time_zone = StrictCharField(
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text="Where this person's days begin. A change counts from the next "
        "access token on.",
    )

    def validate_username(self, value: str) -> str:
        return refuse_taken("username", value)

    def validate_email(self, value: str) -> str:
        return refuse_taken("email", value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        person = User(username=attrs["username"], email=attrs["email"])
        try:
            password_validation.validate_password(attrs["password"], person)
        except DjangoValidationError as error:
            details = [
                ErrorDetail(" ".join(each.messages), code=each.code or "invalid")
                for each in error.error_list
            ]
            raise ValidationError({"password": details}) from error
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
    password = StrictCharField(
        max_length=MAX_PASSWORD_LENGTH, trim_whitespace=False, write_only=True
    )


@example(request=examples.REFRESH)
class RefreshSerializer(StrictSerializer):
    refresh = StrictCharField(
        max_length=1_024,
        required=False,
        write_only=True,
        help_text="Left out in cookie mode.",
    )


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
