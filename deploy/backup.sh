#!/usr/bin/env bash
# Copies a data directory while Flowmail runs, so that a Flowmail may be started on the copy:
#   backup.sh DATA_DIRECTORY BACKUP
# BACKUP must not be there yet. The database is copied by SQLite itself, at one moment, and the files after it: what a request of
# that database needs is there. Needs sqlite3 or Python 3.
set -euo pipefail

data=${1:?backup.sh DATA_DIRECTORY BACKUP}
backup=${2:?backup.sh DATA_DIRECTORY BACKUP}
umask 077
[ -d "$data" ] || { echo "backup.sh: there is no directory $data" >&2; exit 1; }
[ ! -e "$backup" ] || { echo "backup.sh: $backup is there already; name a new directory" >&2; exit 1; }

mkdir "$backup.part"
if [ -f "$data/temporal.db" ]; then
    if command -v sqlite3 >/dev/null; then
        sqlite3 "$data/temporal.db" ".timeout 60000" ".backup '$backup.part/temporal.db'"
    else
        python3 - "$data/temporal.db" "$backup.part/temporal.db" <<'PYTHON'
import sqlite3
import sys

with sqlite3.connect(sys.argv[1], timeout=60) as source, sqlite3.connect(sys.argv[2]) as target:
    source.backup(target)
PYTHON
    fi
    cp -p "$data/temporal.version" "$backup.part/"
fi
# files come and go meanwhile: one that is gone belonged to a request that has ended, or to an upload that has expired
(cd "$data" && find . -type f ! -name 'temporal.*' ! -name lock ! -name '*.log*' -print0) \
    | while IFS= read -r -d '' file; do
        mkdir -p "$backup.part/$(dirname "$file")"
        cp -p "$data/$file" "$backup.part/$file" 2>/dev/null || [ ! -e "$data/$file" ]
    done
mv "$backup.part" "$backup"
echo "$backup"
