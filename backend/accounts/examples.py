"""What accounts look like in the API's documentation."""

from typing import Any

USER: dict[str, Any] = {
    "id": 3,
    "username": "ada",
    "email": "ada@example.org",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "time_zone": "Europe/London",
    "language": "en",
    "role": "member",
    "date_joined": "2030-01-01T12:00:00.123456Z",
}
REGISTRATION = {
    "username": "ada",
    "email": "ada@example.org",
    "password": "correct-horse-battery",
    "time_zone": "Europe/London",
    "language": "en",
}
CREDENTIALS = {"username": "ada", "password": "correct-horse-battery"}
TOKEN_PAIR = {
    # pragma: allowlist nextline secret
    "access": "eyJhbGciOiJIUzI1NiIsImtpZCI6IjFhMmIifQ.eyJzdWIiOiIzIn0.c2lnbmF0dXJl",
    # pragma: allowlist nextline secret
    "refresh": "eyJhbGciOiJIUzI1NiIsImtpZCI6IjFhMmIifQ.eyJzaWQiOjF9.c2lnbmF0dXJl",
    "user": USER,
}
REFRESH = {"refresh": TOKEN_PAIR["refresh"]}
API_TOKEN_REQUEST = {
    "name": "Backup script",
    "scope": "read",
    "expires_at": "2031-01-01T00:00:00Z",
}
API_TOKEN = {
    "id": 5,
    **API_TOKEN_REQUEST,
    "created_at": "2030-01-01T12:00:00.123456Z",
    "last_used_at": None,
}
NEW_API_TOKEN = {
    **API_TOKEN,
    # pragma: allowlist nextline secret
    "token": "tm_bm90LWEtcmVhbC10b2tlbi1idXQtYXMtbG9uZy1hcy0x",
}
PROFILE_CHANGE = {
    "time_zone": "America/New_York",
    "email": "countess@example.org",
    "password": "correct-horse-battery",
}
SESSION = {
    "id": 12,
    "created_at": "2030-01-01T12:00:00.123456Z",
    "last_used_at": "2030-01-05T08:15:00.123456Z",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
    "ip_address": "192.0.2.7",
    "is_current": True,
}
PASSWORD_CHANGE = {
    "password": "correct-horse-battery",
    "new_password": "staple-battery-horse",
}
RESET = {
    "uid": "Mw",
    "token": "d4k2xj-0123456789abcdef0123456789abcdef",
    "new_password": "staple-battery-horse",
}
PERSON = {
    "id": 3,
    "username": "ada",
    "email": "ada@example.org",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "role": "member",
    "is_active": True,
    "date_joined": "2030-01-01T12:00:00.123456Z",
    "last_login": "2030-01-05T08:15:00.123456Z",
}
