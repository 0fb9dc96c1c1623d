#!/usr/bin/env bash
# Whether this container's Flowmail is well: health.sh liveness|readiness. Needs nothing but bash.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}"
printf 'GET /actuator/health/%s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" >&3
IFS= read -r -t 5 status <&3
[[ $status == *" 200"* ]]
