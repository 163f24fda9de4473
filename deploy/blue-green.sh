#!/usr/bin/env bash
# Puts a new release in the place of the one that runs, without a failed request:
#
#   deploy/blue-green.sh               build what is checked out, and switch to it
#   deploy/blue-green.sh --no-build    switch to the images as they are tagged now
#   deploy/blue-green.sh --rollback    switch back to the release before this one
#
# The new web, realtime and worker start beside the old ones, after the migrations (which
# the old release can live with). When all are healthy, nginx switches to them and to the
# new pages at once, and the old ones end what they have begun. Where anything fails before
# the switch, the old release goes on, and the exit status is 1. The project is the one
# that `docker compose` finds by COMPOSE_FILE, COMPOSE_PROJECT_NAME and .env.
set -euo pipefail
cd "$(dirname "$0")/.."

colour=(web realtime worker)
wait_seconds=${WAIT_SECONDS:-180}
switched=no

say() { echo "blue-green: $*"; }
fail() { say "$*" >&2; exit 1; }

# containers SERVICE...: the ids of those that run.
containers() { docker compose ps -q "$@"; }

# fresh: the ids of those that this run has started.
fresh() { containers "${colour[@]}" | grep -vxF "$old" || true; }

# upstreams PORT CONTAINER...: their addresses in nginx's network.
upstreams() {
    local port=$1; shift
    (($# == 0)) || docker inspect -f \
        "{{(index .NetworkSettings.Networks \"${project}_front\").IPAddress}}:$port" "$@" | tr '\n' ' '
}

# of SERVICE ID...: those of the ids that belong to the service.
of() {
    local name=$1; shift
    docker inspect -f '{{index .Config.Labels "com.docker.compose.service"}} {{.Id}}' "$@" \
        | sed -n "s/^$name //p"
}

# point FILES WEB REALTIME: has nginx use these upstreams, and the pages and templates
# below FILES (empty: its own).
point() {
    docker compose exec -T -e NGINX_WEB="$2" -e NGINX_REALTIME="$3" \
        -e NGINX_TEMPLATES="$1/etc/nginx/templates" -e NGINX_SPA_DIR="$1/srv/spa" \
        nginx sh "$1/entrypoint.sh" reload
}

# point_at FILES CONTAINER...: at these containers and no others, by address, at once.
point_at() {
    local files=$1; shift
    # shellcheck disable=SC2046 # ids
    point "$files" "$(upstreams 8000 $(of web "$@"))" "$(upstreams 8001 $(of realtime "$@"))"
}

# point_by_name FILES CONTAINER...: back at the names. Until nginx has looked them up, the
# containers are there by address as well.
point_by_name() {
    local files=$1; shift
    # shellcheck disable=SC2046 # ids
    point "$files" "web:8000 $(upstreams 8000 $(of web "$@"))" \
        "realtime:8001 $(upstreams 8001 $(of realtime "$@"))"
    sleep 6
    point "$files" "" ""
}

tag() { # tag BACKEND NGINX TAG
    docker tag "$1" "$project-backend:$3"
    docker tag "$2" "$project-nginx:$3"
}

remove() { # remove CONTAINER...: lets them end what they have begun
    (($# == 0)) || { docker stop "$@" && docker rm "$@"; } > /dev/null
}

undo() {
    trap - EXIT
    if [ "$switched" = yes ]; then
        # Addresses change when containers start again: never leave nginx with them alone.
        # shellcheck disable=SC2046 # ids
        point_by_name "$files" $(containers "${colour[@]}")
        fail "the new release serves, but not all of the old one is gone; see docker compose ps"
    fi
    # shellcheck disable=SC2046 # ids
    remove $(fresh)
    # shellcheck disable=SC2086 # ids
    point_by_name "$old_files" $old
    tag "$old_backend" "$old_nginx" latest
    say "the old release goes on" >&2
    exit 1
}

wait_until_healthy() {
    local id state deadline=$((SECONDS + wait_seconds))
    for id in "$@"; do
        until
            state=$(docker inspect -f '{{.State.Health.Status}} {{.RestartCount}}' "$id")
            [ "$state" = "healthy 0" ]
        do
            if [[ $state == unhealthy* || $state != *" 0" ]] || ((SECONDS > deadline)); then
                docker logs --tail 20 "$id" >&2
                fail "$(docker inspect -f '{{.Name}}' "$id") is not healthy (restarts: $state)"
            fi
            sleep 1
        done
    done
}

# In nginx's container: whether requests of the time before the last reload still run.
is_draining() { docker compose exec -T nginx sh -c 'grep -qs "shutting down" /proc/[0-9]*/cmdline'; }

case "${1:-}" in
"" | --no-build | --rollback) ;;
*) sed -n '2,/^set/{s/^# \{0,1\}//p}' "$0"; exit 2 ;;
esac
exec 9< docker-compose.yml
flock -n 9 || fail "another one is running"
project=$(docker compose config | sed -n 's/^name: //p')
old=$(containers "${colour[@]}")
[ -n "$(containers web)" ] && [ -n "$(containers nginx)" ] ||
    fail "nothing runs here yet: docker compose up --build -d --wait"
old_files=$(docker compose exec -T nginx sh -c 'cat /tmp/release 2>/dev/null || true')
old_backend=$(docker inspect -f '{{.Image}}' "$(containers web | head -1)")
old_nginx=${old_files#/tmp/release-}
old_nginx=${old_nginx:-$(docker inspect -f '{{.Image}}' "$(containers nginx)")}

trap undo EXIT
case "${1:-}" in
"") say "building"; docker compose build --quiet ;;
--rollback) tag "$project-backend:previous" "$project-nginx:previous" latest ;;
esac
if [ "${1:-}" != --rollback ]; then
    say "migrating"
    docker compose run --rm --no-deps -T secrets
    docker compose run --rm --no-deps -T migrate
fi

# shellcheck disable=SC2086 # ids
point_at "$old_files" $old
scale=()
for name in "${colour[@]}"; do
    scale+=(--scale "$name=$((2 * $(containers "$name" | wc -l)))")
done
say "starting the new release beside the old one"
docker compose up -d --no-deps --no-recreate --no-build "${scale[@]}" "${colour[@]}"
# shellcheck disable=SC2046 # ids
wait_until_healthy $(fresh)

image=$(docker image inspect -f '{{.Id}}' "$project-nginx")
files=/tmp/release-$image
docker run --rm --network none --entrypoint tar "$project-nginx" \
    -C / -c etc/nginx/templates srv/spa entrypoint.sh |
    docker compose exec -T nginx sh -c "mkdir -p '$files' && tar -C '$files' -x --no-same-owner"
# shellcheck disable=SC2046 # ids
point_at "$files" $(fresh)
switched=yes
say "switched"

docker compose exec -T nginx sh -c "printf %s '$files' > /tmp/release"
tag "$old_backend" "$old_nginx" previous
for _ in {1..15}; do is_draining || break; sleep 1; done
# shellcheck disable=SC2086 # ids
remove $old
docker compose up -d --no-deps --no-build beat
# shellcheck disable=SC2046 # ids
point_by_name "$files" $(containers "${colour[@]}")
[ -z "$old_files" ] || [ "$old_files" = "$files" ] || docker compose exec -T nginx rm -r "$old_files"
trap - EXIT
say "the new release serves; back: deploy/blue-green.sh --rollback"
