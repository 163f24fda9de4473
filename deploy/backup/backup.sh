#!/usr/bin/env bash
# backup.sh DIRECTORY: writes a backup there and prints its name. `-`: writes it to stdout.
#
# A backup is a tar of `manifest` and `database.dump` (pg_dump's custom format). It has its
# name once it is complete and on the disk, so a file of that name is never half a backup.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

directory=${1:?a directory, or -}
[ "$directory" != - ] || directory=${BACKUP_DIR:?}
mkdir -p "$directory"
work=$(mktemp -d "$directory/.partial-XXXXXX")
trap 'rm -rf "$work"' EXIT

release=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/../../backend/pyproject.toml")
export DUMP="$work/database.dump"
sql --file="$here/snapshot.sql" >"$work/tables"
{
  echo "release $release"
  cat "$work/tables"
  echo "dump $(sha256 <"$DUMP")"
} >"$work/body"
{ cat "$work/body"; echo "manifest $(sha256 <"$work/body")"; } >"$work/manifest"

name=task-manager-$(date -u +%Y%m%dT%H%M%SZ).tar
tar -C "$work" -cf "$work/$name" manifest database.dump
sync
if [ "$1" = - ]; then
  cat "$work/$name"
else
  [ ! -e "$directory/$name" ] || refuse "$name is there already"
  mv "$work/$name" "$directory/$name"
  echo "$name"
fi
say "backed up: $(count_tables <"$work/manifest")"
