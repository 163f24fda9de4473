"""What can happen to an account, as the event log names it."""

REGISTERED = "registered"
SESSION_STARTED = "session_started"
SESSION_ENDED = "session_ended"
SESSION_REUSED = "session_reused"
PROFILE_UPDATED = "profile_updated"
