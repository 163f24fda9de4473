from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme


# drf-spectacular registers subclasses by an untyped hook.
class SessionAuthenticationScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names our way to authenticate."""

    target_class = "accounts.authentication.SessionAuthentication"
    name = "bearer"
