# shellcheck shell=bash
# One line per check, as checks.mjs prints them; tests/Deploy/run counts the lines.

# check NAME COMMAND…: ok if the command succeeds. What it says is shown if it does not.
check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s\n' "$name"
    [ -z "$output" ] || printf '%s\n' "$output" | tail -n 20 | sed 's/^/          /'
  fi
}
refused() { ! "$@"; }
silent() { # succeeds, and says nothing
  local output
  if output=$("$@" 2>&1) && [ -z "$output" ]; then return; fi
  printf '%s\n' "$output"
  return 1
}
