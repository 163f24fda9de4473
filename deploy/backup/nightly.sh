#!/usr/bin/env bash
# The service `backup`: every night at BACKUP_HOUR (UTC), and at once when none is a day old,
# keeping those of the last BACKUP_KEEP_DAYS days.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

hour=${BACKUP_HOUR:-3} days=${BACKUP_KEEP_DAYS:-14}
backups() { find "$BACKUP_DIR" -maxdepth 1 -name 'task-manager-*.tar' "$@"; }
none_since_minutes() { [ -z "$(backups -mmin "-$1")" ]; }
is_due() {
  none_since_minutes 1500 || { [ "$((10#$(date -u +%H)))" -eq "$hour" ] && none_since_minutes 90; }
}

while true; do
  if is_due && "$here/backup.sh" "$BACKUP_DIR"; then
    # Only after a success: the last good ones stay however long it fails.
    backups -mtime "+$days" -delete
    find "$BACKUP_DIR" -maxdepth 1 -name '.partial-*' -mtime +1 -exec rm -rf {} +
  fi
  sleep 60
done
