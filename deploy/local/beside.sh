# shellcheck shell=bash
# What runs beside the silos of a cluster on this machine, to be sourced by `cluster`: its pages, Prometheus, and what tells Prometheus of PostgreSQL.
# Each is a process with a file like a silo's: process, start and, in the second line, the port.
# shellcheck disable=SC2154 # dir, pg, port, repository, patience are the cluster's

# start_beside FILE PORT LOG PROGRAM ARGUMENT…
start_beside() {
  local file=$1 port=$2 log=$3 pid
  shift 3
  setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  printf '%s %s\n%s\n' "$pid" "$(started_at "$pid" || echo over)" "$port" >"$file"
}

answers_at() { get "$(health_port "$1")" "$2"; }
answers_or_gone() { answers_at "$1" "$2" || gone "$1"; }

# await_beside NAME FILE PATH LOG
await_beside() {
  if ! wait_until "$patience" answers_or_gone "$2" "$3" || gone "$2"; then
    tail -n 20 "$4" >&2
    stop_beside "$1" "$2"
    broken "$1 does not start; its log is $4"
  fi
}

# stop_beside NAME FILE
stop_beside() {
  [ -e "$2" ] || return 0
  if alive "$2"; then
    signal TERM "$2"
    wait_until "$patience" gone "$2" || { signal KILL "$2"; wait_until 10 gone "$2" || say "$1 cannot be killed"; }
  fi
  rm -f "$2"
}

# status_beside NAME FILE PATH LOG: 1 if it was started and does not answer.
status_beside() {
  [ -e "$2" ] || return 0
  if answers_at "$2" "$3"; then printf '%-11s up    http://127.0.0.1:%s\n' "$1" "$(health_port "$2")"; else
    printf '%-11s gone  its log: %s\n' "$1" "$4"
    return 1
  fi
}

dashboard() {
  local file=$dir/dashboard log=$dir/logs/dashboard.log page=8080
  known
  lock
  if alive "$file"; then
    say "the dashboard runs already"
  else
    find_client
    postgres_up || broken "the cluster in $dir is down: cluster up"
    if listens $page; then page=$(free_port); fi
    SWEEPS_SERVER_FILE=$dir/secrets/operate start_beside "$file" "$page" "$log" \
      "$client" dashboard --address "127.0.0.1:$page" --data "$dir/data"
    await_beside "the dashboard" "$file" /health/live "$log"
  fi
  echo "http://127.0.0.1:$(health_port "$file")"
}

# Prometheus reads targets again when they change; instances that are gone are told as down until `up` or `down` names others.
write_targets() {
  local number targets=
  mkdir -p "$dir/prometheus/targets"
  for number in $(silo_numbers); do
    targets+="${targets:+, }{\"targets\": [\"127.0.0.1:$(health_port "$dir/silos/$number")\"], \"labels\": {\"silo\": \"$number\"}}"
  done
  put_targets silos "[$targets]"
}

# put_targets NAME JSON: whole, or not at all.
put_targets() {
  echo "$2" >"$dir/prometheus/targets/new"
  mv "$dir/prometheus/targets/new" "$dir/prometheus/targets/$1.json"
}

prometheus() {
  local file=$dir/prometheus/process folder=$dir/prometheus log=$dir/logs/prometheus.log page
  known
  lock
  type -P prometheus >/dev/null || broken "Prometheus is not here: apt-get install prometheus"
  write_targets
  exporter
  if alive "$file"; then
    say "Prometheus runs already"
  else
    cp -r "$repository/deploy/prometheus/prometheus.yml" "$repository/deploy/prometheus/rules" "$folder/"
    page=$(free_port)
    start_beside "$file" "$page" "$log" "$(type -P prometheus)" --config.file="$folder/prometheus.yml" \
      --storage.tsdb.path="$folder/data" --web.listen-address="127.0.0.1:$page" --web.enable-lifecycle
    await_beside Prometheus "$file" /-/ready "$log"
  fi
  echo "http://127.0.0.1:$(health_port "$file")"
}

# What PostgreSQL tells of itself, for the last row of its dashboard. Its password lasts as long as the process, and is kept nowhere.
exporter() {
  local file=$dir/prometheus/exporter log=$dir/logs/exporter.log program secret page
  ! alive "$file" || return 0
  if ! program=$(type -P prometheus-postgres-exporter || type -P postgres_exporter); then
    say "without postgres_exporter PostgreSQL tells nothing of itself: apt-get install prometheus-postgres-exporter"
    put_targets postgres "[]"
    return
  fi
  postgres_up || broken "the cluster in $dir is down: cluster up"
  secret=$(password)
  psql_as postgres postgres -q -v ON_ERROR_STOP=1 <<<"
    SELECT 'CREATE ROLE exporter LOGIN IN ROLE pg_monitor'
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'exporter') \\gexec
    ALTER ROLE exporter PASSWORD '$secret';"
  page=$(free_port)
  DATA_SOURCE_URI="127.0.0.1:$port/postgres?sslmode=disable" DATA_SOURCE_USER=exporter DATA_SOURCE_PASS=$secret \
    start_beside "$file" "$page" "$log" "$program" --web.listen-address="127.0.0.1:$page"
  await_beside postgres_exporter "$file" /metrics "$log"
  put_targets postgres "[{\"targets\": [\"127.0.0.1:$page\"]}]"
}
