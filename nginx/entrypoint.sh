#!/bin/sh
# Fills in the templates from the environment and becomes nginx. With the argument
# `reload` it has the nginx that runs already take up what they say now, if that is valid.
#
#   NGINX_WEB, NGINX_REALTIME   host:port of the upstreams, one or several with spaces
#                               between (default web:8000, realtime:8001)
#   NGINX_TEMPLATES, NGINX_SPA_DIR   where these files are, if not in the image's places
#   TRUSTED_PROXIES             addresses or networks whose X-Forwarded-For is believed
#   NGINX_TLS                   on: TLS on 8443 with /etc/nginx/tls/tls.crt and tls.key;
#                               8080 then redirects to SITE_URL
set -eu

fail() {
    echo "nginx: $1" >&2
    exit 1
}

listen() {
    echo "listen $1;"
    # Where the kernel has no IPv6, listening on it would be an error.
    if [ -s /proc/net/if_inet6 ]; then echo "listen [::]:$1;"; fi
}

upstreams() {
    for upstream in $1; do echo "server $upstream resolve;"; done
}

for_each_proxy() {
    echo "${TRUSTED_PROXIES:-}" | tr ', ' '[\n*]' | sed -n "/./$1"
}

tls=${NGINX_TLS:-off}
run=${NGINX_RUN_DIR:-/tmp/nginx}
http=${NGINX_HTTP_PORT:-8080}
https=${NGINX_HTTPS_PORT:-8443}
templates=${NGINX_TEMPLATES:-/etc/nginx/templates}
nameserver=$(awk '$1 == "nameserver" { print $2; exit }' /etc/resolv.conf)
nameserver=${nameserver:-127.0.0.11}
case $nameserver in *:*) nameserver="[$nameserver]" ;; esac

export NGINX_RUN_DIR="$run"
export NGINX_TLS="$tls"
export NGINX_SPA=files
export NGINX_SPA_DIR="${NGINX_SPA_DIR:-/srv/spa}"
export NGINX_USER="${NGINX_USER:-}"
export NGINX_WORKERS="${NGINX_WORKERS:-2}"
export NGINX_ACCESS_LOG="/dev/stdout json"
export NGINX_VITE=""
# Containers come and go: names are looked up again, so that new ones get requests.
export NGINX_RESOLVER="resolver $nameserver valid=5s;"
NGINX_WEB="$(upstreams "${NGINX_WEB:-web:8000}")"
NGINX_REALTIME="$(upstreams "${NGINX_REALTIME:-realtime:8001}")"
NGINX_REAL_IP="$(for_each_proxy 's/.*/set_real_ip_from &;/p')"
NGINX_TRUSTED_PROXIES="$(for_each_proxy 's/.*/& 1;/p')"
export NGINX_CERTIFICATE="${NGINX_CERTIFICATE:-/etc/nginx/tls/tls.crt}"
export NGINX_CERTIFICATE_KEY="${NGINX_CERTIFICATE_KEY:-/etc/nginx/tls/tls.key}"
export NGINX_GZIP_STATIC=""
if nginx -V 2>&1 | grep -q http_gzip_static_module; then
    export NGINX_GZIP_STATIC="gzip_static on;"
fi

# Whoever uses a connection again just when a reload ends it gets an answer all the same.
export NGINX_KEEPALIVE_MIN=""
if nginx -v 2>&1 | awk -F '[/.]' '{ exit !($2 * 1e6 + $3 * 1e3 + $4 >= 1027004) }'; then
    export NGINX_KEEPALIVE_MIN="keepalive_min_timeout 5s;"
fi

case " $(for_each_proxy p | tr '\n' ' ')" in
*/0\ *) fail "TRUSTED_PROXIES trusts everybody (/0): name your proxies' addresses" ;;
esac

case $tls in
off)
    NGINX_LISTEN="$(listen "$http")"
    NGINX_LISTEN_REDIRECT="" NGINX_HTTPS_ORIGIN=""
    ;;
on)
    for file in "$NGINX_CERTIFICATE" "$NGINX_CERTIFICATE_KEY"; do
        [ -r "$file" ] || fail "NGINX_TLS is on, but $file cannot be read"
    done
    case ${SITE_URL:-} in
    https://*) ;;
    *) fail "NGINX_TLS is on, but SITE_URL is '${SITE_URL:-}', not https://..." ;;
    esac
    NGINX_LISTEN="$(listen "$https ssl")"
    NGINX_LISTEN_REDIRECT="$(listen "$http")"
    NGINX_HTTPS_ORIGIN="${SITE_URL%/}"
    ;;
*) fail "NGINX_TLS is '$tls'; it must be on or off" ;;
esac

# Apart from where they are set: there it would hide that a command failed.
export NGINX_WEB NGINX_REALTIME NGINX_REAL_IP NGINX_TRUSTED_PROXIES
export NGINX_LISTEN NGINX_LISTEN_REDIRECT NGINX_HTTPS_ORIGIN

# render FOLDER: the templates with their variables filled in.
render() {
    export NGINX_CONF_DIR="$1"
    mkdir -p "$1"
    for template in "$templates"/*.template; do
        awk '{
            while (match($0, /\$\{NGINX_[A-Z_]+\}/)) {
                name = substr($0, RSTART + 2, RLENGTH - 3)
                if (!(name in ENVIRON)) {
                    print FILENAME ": " name " is not set" > "/dev/stderr"
                    exit 1
                }
                printf "%s%s", substr($0, 1, RSTART - 1), ENVIRON[name]
                $0 = substr($0, RSTART + RLENGTH)
            }
            print
        }' "$template" > "$1/$(basename "$template" .template)"
    done
}

if [ "${1:-}" = reload ]; then
    render "$run/next"
    nginx -p "$run/" -c "$run/next/nginx.conf" -e stderr -tq
    render "$run/conf"
    kill -HUP "$(cat "$run/nginx.pid")"
else
    render "$run/conf"
    exec nginx -p "$run/" -c "$run/conf/nginx.conf" -e stderr -g "daemon off;"
fi
