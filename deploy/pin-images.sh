#!/usr/bin/env bash
# Writes to .env the digests that the tags in deploy/compose.pinned.yml have now. Again after trying newer
# ones: a tag moves, a digest never does.
set -euo pipefail
cd "$(dirname "$0")/.."

digests=""
while IFS='@' read -r image variable; do
    # Of all platforms together, so that the same .env serves another machine.
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
    digests+="${variable:2}=$digest"$'\n'
done < <(grep -oE '[a-z][a-z./-]*:[a-z0-9.-]+@\$\{[A-Z]+_DIGEST' deploy/compose.pinned.yml | sort -u)

[ -n "$digests" ] || { echo "No image is named in deploy/compose.pinned.yml." >&2; exit 1; }
others=$(grep -v '^[A-Z]*_DIGEST=' .env 2>/dev/null || true)
printf '%s' "${others:+$others$'\n'}$digests" >.env
printf '%s' "$digests"
