#!/usr/bin/env bash
# Gives the sources a tag's version: release.sh v1.2.3. Every pom.xml then has 1.2.3 instead of a snapshot's version, and
# target/release-notes.md holds what CHANGELOG.md says of it. A version that is not in the changelog is refused.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! [[ ${1-} =~ ^v([0-9]+\.[0-9]+\.[0-9]+)$ ]]; then
    echo "release.sh: \"${1-}\" is not a tag of the form v1.2.3" >&2
    exit 2
fi
version=${BASH_REMATCH[1]}

mkdir -p target
awk -v heading="## [$version]" '
    index($0, heading) == 1 { found = 1; next }
    found && (/^## / || /^\[[^]]*\]: /) { exit }
    found { print }
' CHANGELOG.md >target/release-notes.md
if ! grep -q '[^[:space:]]' target/release-notes.md; then
    echo "release.sh: CHANGELOG.md has no section [$version]" >&2
    exit 1
fi

./mvnw -q -B -ntp org.codehaus.mojo:versions-maven-plugin:2.21.0:set -DnewVersion="$version" -DgenerateBackupPoms=false
[ -z "${GITHUB_OUTPUT-}" ] || echo "version=$version" >>"$GITHUB_OUTPUT"
