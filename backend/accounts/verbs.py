"""What can happen to an account, as the event log names it."""

REGISTERED = "registered"
SESSION_STARTED = "session_started"
SESSION_ENDED = "session_ended"
SESSION_REUSED = "session_reused"
PROFILE_UPDATED = "profile_updated"
API_TOKEN_CREATED = "api_token_created"  # noqa: S105 - a name, not a secret
API_TOKEN_REVOKED = "api_token_revoked"  # noqa: S105 - a name, not a secret
PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name, not a secret
PASSWORD_RESET = "password_reset"  # noqa: S105 - a name, not a secret
PERSON_UPDATED = "person_updated"
ACCOUNT_DELETED = "account_deleted"
