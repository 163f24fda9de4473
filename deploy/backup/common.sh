# For the scripts here, which run wherever PostgreSQL's own programs are. The variables of
# libpq (PGHOST, PGDATABASE, …) say which database.
# shellcheck shell=bash
set -euo pipefail
umask 077
# shellcheck disable=SC2034
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

: "${PGDATABASE:?}"
export PGOPTIONS='-c client_min_messages=warning'
if [ -n "${PGPASSWORD_FILE:-}" ]; then
  PGPASSWORD=$(<"$PGPASSWORD_FILE")
  export PGPASSWORD
fi

say() { echo "$*" >&2; }
refuse() { say "$*"; exit 1; }

sql() { psql --no-psqlrc --quiet --no-align --tuples-only --field-separator=' ' "$@"; }

sha256() { # not every system has the first
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1
}

count_tables() { awk '$1 == "table" { tables++; rows += $3 }
  END { printf "%d rows in %d tables", rows, tables }'; }
