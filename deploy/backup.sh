#!/usr/bin/env bash
# A backup into BACKUP_DIR (./backups), while the site goes on: of the compose installation
# with `compose`, else of the database that libpq's variables name (`make backup`).
set -euo pipefail
umask 077
cd "$(dirname "${BASH_SOURCE[0]}")/.."
directory=${BACKUP_DIR:-backups}
mkdir -p "$directory"

if [ "${1:-}" = compose ]; then
  name=task-manager-$(date -u +%Y%m%dT%H%M%SZ).tar
  trap 'rm -f "$directory/.$name.partial"' EXIT
  docker compose run --rm -T backup ./backup.sh - >"$directory/.$name.partial"
  mv "$directory/.$name.partial" "$directory/$name"
else
  name=$(deploy/backup/backup.sh "$directory")
fi
echo "$directory/$name"
