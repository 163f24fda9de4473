"""How often a password may be tried: counted in PostgreSQL, so that it always holds.

Unlike `common.limits`, this must be right while Redis is away, so it costs a statement
and a commit; next to hashing a password that is nothing. Every attempt is committed
before the password is looked at: a request that fails or dies has still counted.
"""

import unicodedata
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from common.limits import network_of
from common.models import Attempts


class TooManyAttempts(Throttled):
    wait: float  # set by Throttled, which its stubs leave out


@dataclass(frozen=True)
class Limit:
    attempts: int
    seconds: int


PER_ACCOUNT = Limit(10, 15 * 60)  # that failed; a success starts anew
PER_ADDRESS = Limit(300, 60)  # of a whole office behind one address

# Counts on while the row's time lasts, and else starts anew.
AGAIN = """
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN a.expires_at > statement_timestamp()
            THEN a.count + 1 ELSE 1 END,
        expires_at = CASE WHEN a.expires_at > statement_timestamp()
            THEN a.expires_at ELSE EXCLUDED.expires_at END
    RETURNING count, expires_at
"""
# One statement for both. The address comes first, so that one that is over its limit
# cannot use up those of accounts.
COUNT = f"""
    WITH address AS (
        INSERT INTO common_attempts AS a (key, count, expires_at) VALUES (
            %(address)s, 1, statement_timestamp() + %(address_seconds)s * interval '1s'
        )
        {AGAIN}
    ), account AS (
        INSERT INTO common_attempts AS a (key, count, expires_at)
        SELECT %(account)s, 1,
            statement_timestamp() + %(account_seconds)s * interval '1s'
        FROM address
        WHERE address.count <= %(address_attempts)s AND %(account)s <> ''
        {AGAIN}
    ), refused AS (
        SELECT expires_at FROM address WHERE count > %(address_attempts)s
        UNION ALL
        SELECT expires_at FROM account WHERE count > %(account_attempts)s
    )
    SELECT ceil(extract(epoch FROM max(expires_at) - statement_timestamp()))::int
    FROM refused
"""  # noqa: S608 - all of it stands here


def count_attempt(*, address: str, account: str = "") -> None:
    """Count one attempt, for good; raises TooManyAttempts when there were too many.

    `account` is whatever is being tried, known or not, as by `login_account`; left
    out, only the address counts. Never in a transaction, whose end could take the
    count back: raises RuntimeError there. A view counts in `initial`.
    """
    parameters: dict[str, str | int] = {
        "address": f"address:{address}",
        "address_attempts": PER_ADDRESS.attempts,
        "address_seconds": PER_ADDRESS.seconds,
        "account": account and account_key(account),
        "account_attempts": PER_ACCOUNT.attempts,
        "account_seconds": PER_ACCOUNT.seconds,
    }
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(COUNT, parameters)
        (wait_seconds,) = cursor.fetchone()
    if wait_seconds is not None:
        raise TooManyAttempts(max(1, wait_seconds))


def count_attempt_of(request: Request | HttpRequest, *, account: str = "") -> None:
    """Count an attempt that comes with this request; raises TooManyAttempts."""
    count_attempt(address=network_of(request), account=account)


def forget_attempts(*, account: str) -> None:
    """The right password was given: what failed before no longer counts."""
    Attempts.objects.filter(pk=account_key(account)).delete()


def login_account(name: str) -> str:
    """The account that somebody names to sign in, however they write it.

    Folded at least as far as the database does when it compares names. A username and
    the e-mail address of the same person count apart: together they would tell that
    they belong together.
    """
    folded = unicodedata.normalize("NFKC", name.strip()).upper().casefold()
    return f"login:{folded}"


def own_account(user_id: int) -> str:
    """For calls of somebody signed in who must give their password again."""
    return f"user:{user_id}"


def account_key(account: str) -> str:
    """Not the name itself: some type their password where the name belongs."""
    digest = salted_hmac("common.attempts", account, algorithm="sha256").hexdigest()
    return f"account:{digest}"
