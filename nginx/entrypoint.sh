#!/bin/sh
# Fills in the templates from the environment and becomes nginx.
#
#   NGINX_WEB, NGINX_REALTIME   host:port of the upstreams (default web:8000, realtime:8001)
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

for_each_proxy() {
    echo "${TRUSTED_PROXIES:-}" | tr ', ' '\n\n' | sed -n "/./$1"
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
export NGINX_CONF_DIR="$run/conf"
export NGINX_TLS="$tls"
export NGINX_SPA=files
export NGINX_SPA_DIR="${NGINX_SPA_DIR:-/srv/spa}"
export NGINX_USER="${NGINX_USER:-}"
export NGINX_WORKERS="${NGINX_WORKERS:-2}"
export NGINX_ACCESS_LOG="/dev/stdout json"
export NGINX_VITE=""
# Containers come and go: names are looked up again, so that new ones get requests.
export NGINX_RESOLVER="resolver $nameserver valid=5s;"
export NGINX_WEB="${NGINX_WEB:-web:8000} resolve"
export NGINX_REALTIME="${NGINX_REALTIME:-realtime:8001} resolve"
export NGINX_REAL_IP="$(for_each_proxy 's/.*/set_real_ip_from &;/p')"
export NGINX_TRUSTED_PROXIES="$(for_each_proxy 's/.*/& 1;/p')"
export NGINX_CERTIFICATE="${NGINX_CERTIFICATE:-/etc/nginx/tls/tls.crt}"
export NGINX_CERTIFICATE_KEY="${NGINX_CERTIFICATE_KEY:-/etc/nginx/tls/tls.key}"
export NGINX_GZIP_STATIC=""
if nginx -V 2>&1 | grep -q http_gzip_static_module; then
    export NGINX_GZIP_STATIC="gzip_static on;"
fi

case $tls in
off)
    export NGINX_LISTEN="$(listen "$http")"
    export NGINX_LISTEN_REDIRECT="" NGINX_HTTPS_ORIGIN=""
    ;;
on)
    for file in "$NGINX_CERTIFICATE" "$NGINX_CERTIFICATE_KEY"; do
        [ -r "$file" ] || fail "NGINX_TLS is on, but $file cannot be read"
    done
    case ${SITE_URL:-} in
    https://*) ;;
    *) fail "NGINX_TLS is on, but SITE_URL is '${SITE_URL:-}', not https://..." ;;
    esac
    export NGINX_LISTEN="$(listen "$https ssl")"
    export NGINX_LISTEN_REDIRECT="$(listen "$http")"
    export NGINX_HTTPS_ORIGIN="${SITE_URL%/}"
    ;;
*) fail "NGINX_TLS is '$tls'; it must be on or off" ;;
esac

mkdir -p "$NGINX_CONF_DIR"
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
    }' "$template" > "$NGINX_CONF_DIR/$(basename "$template" .template)"
done

exec nginx -p "$run/" -c "$NGINX_CONF_DIR/nginx.conf" -e stderr -g "daemon off;"
