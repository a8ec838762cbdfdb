# shellcheck shell=sh
# A PostgreSQL server in a folder of its own. It lives as long as somebody holds this script's standard input open: when that ends, however
# it ends, the server is stopped and its folder deleted. Orders come by line, and each is answered by a line: "ready …" or "failed".
# Arguments: the folder of PostgreSQL's programs. The first line of input is the password of the superuser sweeps_admin.
set -u
trap '' INT TERM HUP
umask 077
bin=$1
base=${TMPDIR:-/tmp}
[ -d /dev/shm ] && [ -w /dev/shm ] && base=/dev/shm
folder=$(mktemp -d "$base/sweeps-postgres.XXXXXX") || exit 1
data=$folder/data
trap '"$bin/pg_ctl" stop -s -D "$data" -m immediate >>"$folder/log" 2>&1; rm -rf "$folder"' EXIT
cd "$folder" || exit

ready() { if "$@" >>"$folder/log" 2>&1 </dev/null; then echo "ready $folder"; else echo failed; fi; }

create() {
  "$bin/initdb" -D "$data" -U sweeps_admin --pwfile="$folder/password" --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C --no-sync && rm "$folder/password" && cat >>"$data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 100
fsync = off
full_page_writes = off
jit = off
log_line_prefix = '%m [%p] %u@%d '
SETTINGS
}

start() { "$bin/pg_ctl" start -s -w -t 30 -D "$data" -l "$folder/log" -o "-p $1"; }

# On an address beside the loopback, for those of a range.
listen() {
  echo "listen_addresses = '127.0.0.1, $1'" >>"$data/postgresql.conf" && echo "host all all $2 scram-sha-256" >>"$data/pg_hba.conf"
}

# A certificate authority, a certificate of it for the name localhost, and an authority that nobody knows.
certificates() {
  for authority in ca stranger; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=Sweeps test $authority" \
      -keyout "$authority.key" -out "$authority.crt" || return 1
  done
  printf 'subjectAltName = DNS:localhost\n' >names
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout server.key -out server.csr &&
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt &&
    printf "ssl = on\nssl_cert_file = '%s'\nssl_key_file = '%s'\n" "$folder/server.crt" "$folder/server.key" >>"$data/postgresql.conf"
}

IFS= read -r password && printf '%s\n' "$password" >"$folder/password" || exit 1
ready create
while read -r order argument; do
  case $order in
    certificates) ready certificates ;;
    listen)
      # shellcheck disable=SC2086 # two words
      ready listen $argument
      ;;
    start) ready start "$argument" ;;
    stop) ready "$bin/pg_ctl" stop -s -w -t 30 -D "$data" -m "$argument" ;;
    *) echo failed ;;
  esac
done
