"""Every write to accounts: one module per thing that is written."""

from accounts.services.api_tokens import (
    create_api_token,
    live_api_tokens,
    revoke_api_token,
)
from accounts.services.passwords import (
    change_password,
    confirm_password_reset,
    record_password_set,
    request_password_reset,
)
from accounts.services.people import (
    listed_people,
    log_out_person,
    record_person_added,
    require_role,
    update_person,
)
from accounts.services.profile import (
    current_user,
    register_user,
    repeat_registration,
    update_profile,
)
from accounts.services.removal import delete_account
from accounts.services.sessions import (
    Client,
    TokenPair,
    end_own_session,
    end_session,
    end_sessions,
    live_sessions,
    rotate_session,
    start_session,
)

__all__ = [
    "Client",
    "TokenPair",
    "change_password",
    "confirm_password_reset",
    "create_api_token",
    "current_user",
    "delete_account",
    "end_own_session",
    "end_session",
    "end_sessions",
    "listed_people",
    "live_api_tokens",
    "live_sessions",
    "log_out_person",
    "record_password_set",
    "record_person_added",
    "register_user",
    "repeat_registration",
    "request_password_reset",
    "require_role",
    "revoke_api_token",
    "rotate_session",
    "start_session",
    "update_person",
    "update_profile",
]
