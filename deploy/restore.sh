#!/usr/bin/env bash
# restore.sh FILE [compose]: makes a backup the database of this installation, which must not
# be in use. Asks first, unless YES=1. See docs/operations.md.
set -euo pipefail
file=$(realpath "${1:?the backup to restore}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ "${2:-}" = compose ]; then
  tool() { docker compose run --rm -T backup ./restore.sh "$1" - <"$file"; }
  manage() { docker compose run --rm -T migrate python manage.py "$@"; }
else
  tool() { deploy/backup/restore.sh "$1" "$file"; }
  manage() { (cd backend && "${PYTHON:-python3}" manage.py "$@"); }
fi

manifest=$(tool check)
manage check_backup <<<"$manifest"
if [ "${YES:-}" != 1 ]; then
  read -rp "Replace the database by this? Everything since is lost. [y/N] " answer
  [[ $answer = [yY]* ]] || exit 1
fi
if [ "${2:-}" = compose ]; then
  docker compose stop nginx web realtime worker beat
fi

tool load
trap 'echo "It is not finished. The database before is kept under its name with _before." >&2' ERR
manage migrate --noinput
manage begin_epoch
tool forget
if [ "${2:-}" = compose ]; then
  docker compose up -d --wait
fi
echo "Done. Everybody signs in again; programs with a cursor of the change feed start over."
