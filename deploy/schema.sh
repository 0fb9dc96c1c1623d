#!/bin/sh
# Makes Temporal's two databases in PostgreSQL, or brings them up to this version. Runs in temporalio/admin-tools, with
# SQL_PLUGIN, SQL_HOST, SQL_PORT, SQL_USER and SQL_PASSWORD set; may be repeated.
set -eu

prepare() {
    temporal-sql-tool --database "$1" create-database
    # writes the version tables, and leaves a schema alone that is there
    temporal-sql-tool --database "$1" setup-schema --version 0.0
    temporal-sql-tool --database "$1" update-schema --schema-name "$2"
}

prepare temporal postgresql/v12/temporal
prepare temporal_visibility postgresql/v12/visibility
