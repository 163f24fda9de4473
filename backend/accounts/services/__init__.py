"""Every write to accounts: one module per thing that is written."""

from accounts.services.api_tokens import (
    create_api_token,
    live_api_tokens,
    revoke_api_token,
)
from accounts.services.profile import current_user, register_user, update_profile
from accounts.services.sessions import (
    Client,
    TokenPair,
    end_session,
    end_sessions,
    rotate_session,
    start_session,
)

__all__ = [
    "Client",
    "TokenPair",
    "create_api_token",
    "current_user",
    "end_session",
    "end_sessions",
    "live_api_tokens",
    "register_user",
    "revoke_api_token",
    "rotate_session",
    "start_session",
    "update_profile",
]
