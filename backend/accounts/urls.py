from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from accounts.views.api_tokens import ApiTokenViewSet
from accounts.views.me import MeView
from accounts.views.passwords import (
    PasswordResetConfirmView,
    PasswordResetView,
    PasswordView,
)
from accounts.views.people import PersonViewSet
from accounts.views.sessions import SessionViewSet
from accounts.views.sign_in import (
    LogoutView,
    RegisterView,
    TokenRefreshView,
    TokenView,
)

router = SimpleRouter()
router.register("auth/tokens", ApiTokenViewSet, basename="api-token")
router.register("users", PersonViewSet, basename="person")
sessions = SessionViewSet.as_view({"get": "list", "delete": "destroy_others"})
session = SessionViewSet.as_view({"delete": "destroy"})

urlpatterns = [
    path("auth/register/", RegisterView.as_view(), name="register"),
    path("auth/token/", TokenView.as_view(), name="token"),
    path("auth/token/refresh/", TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/logout/", LogoutView.as_view(), name="logout"),
    path("auth/me/", MeView.as_view(), name="me"),
    path("auth/sessions/", sessions, name="sessions"),
    re_path(r"^auth/sessions/(?P<pk>[1-9][0-9]{0,17})/$", session, name="session"),
    path("auth/password/", PasswordView.as_view(), name="password"),
    path("auth/password/reset/", PasswordResetView.as_view(), name="password-reset"),
    path(
        "auth/password/reset/confirm/",
        PasswordResetConfirmView.as_view(),
        name="password-reset-confirm",
    ),
    path("", include(router.urls)),
]
