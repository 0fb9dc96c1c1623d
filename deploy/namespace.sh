#!/bin/sh
# Makes the namespace TEMPORAL_NAMESPACE with 30 days of retention and Flowmail's search attributes, or gives it these.
# Runs in temporalio/admin-tools, with TEMPORAL_ADDRESS set; may be repeated.
set -eu

if temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
    temporal operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention 720h
else
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
fi

create() {
    # a namespace that was just made takes a moment to be known everywhere
    tries=30
    until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type "$2"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || exit 1
        sleep 1
    done
}

create FlowmailTenant Keyword
create FlowmailState Keyword
create FlowmailStatus Keyword
create FlowmailDeadline Datetime
