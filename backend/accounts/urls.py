from django.urls import include, path
from rest_framework.routers import SimpleRouter

from accounts.views.api_tokens import ApiTokenViewSet
from accounts.views.me import MeView
from accounts.views.sign_in import (
    LogoutView,
    RegisterView,
    TokenRefreshView,
    TokenView,
)

router = SimpleRouter()
router.register("auth/tokens", ApiTokenViewSet, basename="api-token")

urlpatterns = [
    path("auth/register/", RegisterView.as_view(), name="register"),
    path("auth/token/", TokenView.as_view(), name="token"),
    path("auth/token/refresh/", TokenRefreshView.as_view(), name="token-refresh"),
    path("auth/logout/", LogoutView.as_view(), name="logout"),
    path("auth/me/", MeView.as_view(), name="me"),
    path("", include(router.urls)),
]
