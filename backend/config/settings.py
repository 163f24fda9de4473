"""The only settings module; everything that differs between sites is a variable.

Every variable is described in `.env.example`. Any of them can be given as a file
instead: what `NAME_FILE=/run/secrets/name` holds goes before `NAME`.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from structlog.typing import Processor

from common.logging import logging_config

# Lets Django's generic classes be written with their type: ModelAdmin[Task].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
RELEASE = "0.1.0"


class Variables(environ.fileaware_mapping.FileAwareMapping):  # type: ignore[misc]
    """The environment and the files it names, whose last line may end."""

    def __getitem__(self, key: str) -> str:
        value: str = super().__getitem__(key)
        return value.strip()


env = environ.FileAwareEnv()
env.ENVIRON = Variables()


def read_limit(name: str, default: str) -> tuple[int, int]:
    """`6000/60`: (requests, seconds)."""
    requests, _, seconds = env.str(name, default=default).partition("/")
    if not (
        requests.isdecimal() and seconds.isdecimal() and int(requests) * int(seconds)
    ):
        raise ImproperlyConfigured(
            f"{name} must say requests/seconds, as in {default}."
        )
    return int(requests), int(seconds)


# --- What the operator decides -------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
SITE_URL = env.str("SITE_URL", default="").rstrip("/")
SECRET_KEY = env.str("SECRET_KEY")
JWT_SIGNING_KEY = env.str("JWT_SIGNING_KEY")
# While keys rotate, tokens signed with the previous key stay valid.
JWT_PREVIOUS_KEY = env.str("JWT_PREVIOUS_KEY", default="")
REGISTRATION_OPEN = env.bool("REGISTRATION_OPEN", default=True)

_site = urlsplit(SITE_URL)
IS_HTTPS = _site.scheme == "https"
# Health checks ask by the loopback names, so those are always answered.
ALLOWED_HOSTS = [
    *env.list("ALLOWED_HOSTS", default=[]),
    *filter(None, [_site.hostname]),
    "localhost",
    "127.0.0.1",
    "[::1]",
]

# How many requests in how many seconds, for each user (or address, before sign-in).
LIMITS = {
    "read": read_limit("LIMIT_READ", "6000/60"),
    "write": read_limit("LIMIT_WRITE", "1200/60"),
    "search": read_limit("LIMIT_SEARCH", "600/60"),
    "auth": read_limit("LIMIT_AUTH", "600/60"),
    "export": read_limit("LIMIT_EXPORT", "10/3600"),
}

# --- Applications --------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "django_structlog",
    "common",
    "events",
    "accounts",
    "tasks",
    "realtime",
    "notifications",
    "export",
    "demo",
    "backups",
]

MIDDLEWARE = [
    "common.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "common.limit_headers.LimitMiddleware",
    "common.guards.HostileInputMiddleware",
    "common.preconditions.ConditionalGetMiddleware",
    "common.admin_only.AdminSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "common.admin_only.AdminAuthenticationMiddleware",
    "common.admin_only.AdminMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

if IS_HTTPS:
    MIDDLEWARE.insert(1, "common.guards.PlainHttpMiddleware")

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False  # a redirected POST loses its body; an unknown URL is a 404

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "common" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- PostgreSQL ----------------------------------------------------------------

# PgBouncer hands each transaction another server connection: nothing is prepared then,
# and what a session would be told (its timeouts) is the role's.
DB_PGBOUNCER = env.bool("DB_PGBOUNCER", default=False)
DB_STATEMENT_TIMEOUT_MS = env.int("DB_STATEMENT_TIMEOUT_MS", default=5_000)
_timeouts = (
    f"-c statement_timeout={DB_STATEMENT_TIMEOUT_MS} "
    "-c idle_in_transaction_session_timeout=10000"
)


def read_database(name: str) -> dict[str, Any]:
    """The server that the variable names, spoken to as all of them are."""
    database: dict[str, Any] = env.db(name)
    return {
        **database,
        "ENGINE": "common.postgres",
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": DB_PGBOUNCER,
        "OPTIONS": {
            "connect_timeout": 3,
            "sslmode": env.str("DB_SSLMODE", default="prefer"),
            **({} if DB_PGBOUNCER else {"options": _timeouts}),
            **database.get("OPTIONS", {}),
        },
    }


DATABASES = {"default": read_database("DATABASE_URL")}
# PostgreSQL itself, past PgBouncer, for migrations: common.migrating.
DATABASE_DIRECT = (
    read_database("DATABASE_DIRECT_URL")
    if env.str("DATABASE_DIRECT_URL", default="")
    else None
)

# A streaming replica that answers reads, and how far it may be behind: common.replica.
DATABASE_REPLICA_URL = env.str("DATABASE_REPLICA_URL", default="")
REPLICA_MAX_LAG_SECONDS = env.float("DATABASE_REPLICA_MAX_LAG", default=5)
# Longer than the replica may be behind: what was marked by then is there.
REPLICA_MARK_SECONDS = 2 * REPLICA_MAX_LAG_SECONDS
if DATABASE_REPLICA_URL:
    DATABASES["replica"] = read_database("DATABASE_REPLICA_URL")
    DATABASE_ROUTERS = ["common.replica.Router"]
    MIDDLEWARE.insert(1, "common.replica.WriterMiddleware")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: one server by default, two where it pays ---------------------------

REDIS_URL = env.str("REDIS_URL")
REDIS_CACHE_URL = env.str("REDIS_CACHE_URL", default=REDIS_URL)
REDIS_BROKER_URL = env.str("REDIS_BROKER_URL", default=REDIS_URL)

# --- Celery --------------------------------------------------------------------
# A job may run twice and must never be lost: acknowledge late, take one at a time.

CELERY_BROKER_URL = REDIS_BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,  # above the hard time limit below
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "retry_on_timeout": False,
    "max_retries": 0,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_SOFT_TIME_LIMIT = 50
CELERY_TASK_TIME_LIMIT = 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SEND_TASK_EVENTS = False
# Slow channels have queues of their own.
CELERY_TASK_ROUTES = {
    "accounts.send_mail": {"queue": "mail"},
    "notifications.send_mail": {"queue": "mail"},
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "relay-what-was-missed": {
        "task": "events.relay",
        "schedule": timedelta(seconds=2),
        # A sweep nobody took in time is superseded by the next.
        "options": {"expires": 10},
    },
    "send-mail-that-is-due": {
        "task": "notifications.send_mail",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 10},
    },
    "purge-attempts": {
        "task": "common.purge_attempts",
        "schedule": crontab(minute=17),
    },
    "purge-idempotency-keys": {
        "task": "common.purge_idempotency_keys",
        "schedule": crontab(hour=3, minute=23),
    },
    "purge-the-trash": {
        "task": "tasks.purge_trash",
        "schedule": timedelta(hours=1),
        "options": {"expires": 3_600},
    },
    "send-mail-about-accounts": {
        "task": "accounts.send_mail",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 10},
    },
    "purge-accounts": {
        "task": "accounts.purge",
        "schedule": crontab(minute=37),
    },
    "purge-deleted-accounts": {
        "task": "accounts.purge_deleted",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 120},
    },
    "purge-read-notifications": {
        "task": "notifications.purge_read",
        "schedule": crontab(hour=3, minute=41),
    },
}

# --- Accounts ------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.UsernameOrEmailBackend"]
_of_django = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_of_django}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_of_django}.MinimumLengthValidator"},
    {"NAME": f"{_of_django}.CommonPasswordValidator"},
    {"NAME": f"{_of_django}.NumericPasswordValidator"},
    {"NAME": "accounts.validators.SiteWordsValidator"},
]
LOGIN_URL = "/login"

PASSWORD_RESET_TIMEOUT = 3600  # seconds

ACCESS_TOKEN_SECONDS = 5 * 60
REFRESH_TOKEN_SECONDS = 30 * 24 * 3600
SESSION_SECONDS = 365 * 24 * 3600  # then even one in daily use asks for the password
REFRESH_GRACE_SECONDS = 10

SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": JWT_SIGNING_KEY,
    "ISSUER": "task-manager",
    "AUDIENCE": "task-manager-api",
    "ACCESS_TOKEN_LIFETIME": timedelta(seconds=ACCESS_TOKEN_SECONDS),
    "REFRESH_TOKEN_LIFETIME": timedelta(seconds=REFRESH_TOKEN_SECONDS),
    "USER_ID_CLAIM": "sub",
    "UPDATE_LAST_LOGIN": False,
}

# --- Mail ----------------------------------------------------------------------
# Printed to the log unless the operator names a server.

_mail = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(_mail)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL",
    default=f"Task Manager <noreply@{_site.hostname or 'localhost'}>",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- The API -------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.SessionAuthentication",
        "accounts.authentication.ApiTokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.permissions.IsSignedIn"],
    "DEFAULT_THROTTLE_CLASSES": ["common.limits.LimitThrottle"],
    "DEFAULT_PARSER_CLASSES": ["common.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "common.negotiation.JSONNegotiation",
    "DEFAULT_FILTER_BACKENDS": ["common.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "common.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "common.schema.ProblemAutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "NON_FIELD_ERRORS_KEY": "",
    "PAGE_SIZE": 20,
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,  # `?format=` is as unknown as any parameter
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "common.problems.ProblemHandler",
    "EXCEPTION_FORMATTER_CLASS": "common.problems.ProblemFormatter",
    "NESTED_FIELD_SEPARATOR": "/",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Task Manager API",
    "DESCRIPTION": (BASE_DIR / "config" / "introduction.md").read_text(),
    "VERSION": RELEASE,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": r"/api",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,  # those are for who reads the code
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATIONS": False,
    "PREPROCESSING_HOOKS": ["common.schema.in_reading_order"],
    "TAGS": [
        {"name": "Signing in", "description": "Get an access token, keep it, end it."},
        {"name": "Account", "description": "The person who is signed in."},
        {"name": "People", "description": "Everybody with an account, for staff."},
        {"name": "Tasks", "description": "What there is to do."},
        {"name": "Labels", "description": "Words that tasks have in common."},
        {"name": "Saved filters", "description": "Lists that I ask for again."},
        {"name": "Notifications", "description": "What the bell shows."},
        {"name": "Realtime", "description": "The WebSocket that says what changed."},
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {
        "persistAuthorization": False,
        "deepLinking": True,
        "defaultModelsExpandDepth": 0,
        "displayRequestDuration": True,
    },
    "ENUM_NAME_OVERRIDES": {
        "TaskStatus": "tasks.models.Task.Status",
        "TaskPriority": "tasks.models.Task.Priority",
        "TaskAge": "tasks.progress.AGE_NAMES",
        "FilterGrouping": "tasks.models.SavedFilter.Grouping",
        "Role": "accounts.models.User.Role",
        "Language": "accounts.models.User.Language",
        "NotificationKind": "notifications.models.Notification.Kind",
        "Channel": "notifications.models.Channel",
        "DeliveryState": "notifications.models.Delivery.State",
        "ProblemCode": "common.errors.PROBLEMS",
    },
}
REQUEST_BODY_MAX_BYTES = 64 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = REQUEST_BODY_MAX_BYTES

# No page of another site may read answers or send cookies, but those of these origins.
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_CREDENTIALS = True  # for cookie mode; nothing else here looks at cookies
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = [
    "Content-Disposition",
    "ETag",
    "Idempotency-Replayed",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-ID",
    "X-Task-Count",
]
CORS_ALLOW_HEADERS = [
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-auth-mode",
    "x-request-id",
]

# --- Safety --------------------------------------------------------------------
# nginx terminates TLS, redirects to it, sends HSTS and overwrites X-Forwarded-Proto.

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# The admin's cookies. Browsers take a `__Host-` one from this very host over HTTPS
# only, so that no other name of the domain can plant it.
_prefix = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}sessionid"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = f"{_prefix}csrftoken"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True  # forms carry the token, no script reads it
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
CSRF_FAILURE_VIEW = "common.problems.csrf_failure"
X_FRAME_OPTIONS = "DENY"
if not IS_HTTPS:
    # A site on plain HTTP is the operator's declared choice (SITE_URL): what only
    # HTTPS can have is not a warning there. common.checks refuses an undeclared one.
    SILENCED_SYSTEM_CHECKS = [f"security.W{n}" for n in ("004", "008", "012", "016")]

# --- Watching it ---------------------------------------------------------------

# `host:port` of who shows the site's certificate, whose end /metrics then tells.
TLS_CHECK = env.str("TLS_CHECK", default="")

# Errors are reported where the operator names a Sentry.
_reporters: list[Processor] = []
if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    from common import sentry

    _name = env.str("SENTRY_ENVIRONMENT", default="production")
    sentry.start(dsn=SENTRY_DSN, environment=_name, release=RELEASE)
    _reporters = [sentry.report]

# --- Static files (Django's own: admin and API docs), time, logs ---------------

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = 10
LOGGING_CONFIG = None
logging_config(
    log_format=env.str("LOG_FORMAT", default="json"),
    level=env.str("LOG_LEVEL", default="INFO"),
    reporters=_reporters,
)
