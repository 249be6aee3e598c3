# A throwaway PostgreSQL: made, run and removed again. Arguments: the folder of PostgreSQL's programs, the folder to work in,
# and whether commits wait for the disk: `off` unless something is measured, for nothing here must survive a power failure.
#
# It lives until its standard input ends. That happens when the tests' process ends, in whatever way, so that no
# failed, killed or interrupted run leaves a server behind.
bin=$1
dir=$(mktemp -d "$2/parindex-pg-XXXXXX") || exit 1
cd "$dir" || exit 1
trap 'rm -rf "$dir"' EXIT

"$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >log 2>&1 &&
    # No TCP: a socket in our own folder collides with nobody and is open to nobody.
    "$bin/pg_ctl" -D data -l server.log -w -t 60 start >>log 2>&1 \
        -o "-c listen_addresses='' -k '$dir' -c fsync=$3 -c full_page_writes=$3 -c max_connections=300 -c shared_buffers=64MB" ||
    { cat log server.log >&2; exit 1; }

echo "$dir"
cat >/dev/null
"$bin/pg_ctl" -D data -m immediate -w stop >>log 2>&1
