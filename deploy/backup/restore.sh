#!/usr/bin/env bash
# restore.sh check FILE    refuses a damaged backup, prints the manifest of a sound one
# restore.sh load FILE     makes it the database; the one before is kept as …_before
# restore.sh forget        drops the one before
# FILE may be `-`, stdin.
#
# What is loaded is compared with the manifest while it still has another name: until the
# comparison has succeeded, nothing has changed.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

restoring=${PGDATABASE}_restoring
before=${PGDATABASE}_before
database=$PGDATABASE
export PGDATABASE=postgres  # nobody is connected to what is dropped or renamed

admin() {
  sql --set=ON_ERROR_STOP=1 --set="database=$database" --set="before=$before" \
    --set="restoring=$restoring" --file="$here/$1.sql"
}

keep_stdin() {
  file=$(mktemp "${BACKUP_DIR:?}/.partial-XXXXXX")
  trap 'rm -f "$file"' EXIT
  cat >"$file"
}

part() { tar -xOf "$file" "$1" 2>/dev/null || refuse "$file is damaged: it has no $1"; }

check() {
  manifest=$(part manifest)
  [ "$(part manifest | sed '$d' | sha256)" = "$(value manifest)" ] ||
    refuse "$file is damaged: its manifest is not as it was written"
  [ "$(value format)" = 1 ] || refuse "$file has a format that this release does not know"
  [ "$(part database.dump | sha256)" = "$(value dump)" ] ||
    refuse "$file is damaged: its dump is not as it was written"
}

value() { awk -v name="$1" '$1 == name { print $2 }' <<<"$manifest"; }

load() {
  admin create
  part database.dump | pg_restore --exit-on-error --single-transaction --no-owner \
    --no-privileges --dbname="$restoring"
  compare
  admin swap
}

compare() {
  local expected found
  expected=$(grep '^table ' <<<"$manifest")
  found=$(sql --dbname="$restoring" --file="$here/tables.sql")
  if [ "$found" != "$expected" ]; then
    diff <(echo "$expected") <(echo "$found") >&2 || true
    refuse "what was restored is not what was backed up; nothing has changed"
  fi
  say "restored and compared, counts and checksums equal: $(count_tables <<<"$found")"
}

file=${2:-}
[ "$file" != - ] || keep_stdin
case ${1:-} in
  check) check; echo "$manifest" ;;
  load) check; load ;;
  forget) admin forget ;;
  *) refuse "check FILE, load FILE or forget" ;;
esac
