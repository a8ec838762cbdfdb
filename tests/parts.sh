# shellcheck shell=bash
# What tests of many parts have in common, to be sourced by them. The script says beforehand: `all`, its parts in order; duration PART, in
# minutes on two cores; run_part PART; `results`, a folder; `parts`, those that were asked for, none meaning all.
# shellcheck disable=SC2154

wanted() { [[ ${#parts[@]} -eq 0 || " ${parts[*]} " == *" $1 "* ]]; }

# Says how long it will take, and makes room for what it finds.
announce_parts() {
  local part total=3 # the build
  mkdir -p "$results" && results=$(cd "$results" && pwd) || return
  for part in "${all[@]}"; do
    wanted "$part" || continue
    rm -rf "${results:?}/$part.log" "$results/$part.trx"
    printf '%-12s about %d minutes\n' "$part" "$(duration "$part")"
    total=$((total + $(duration "$part")))
  done
  printf '%-12s about %d minutes on two cores, with the build; logs and reports: %s\n\n' "altogether" "$total" "$results"
}

# tests PART PROJECT OPTION…: passes only if a test ran, for a filter that nothing fits is no failure to `dotnet test`; `tests_skipped` says
# how many did not.
tests() {
  local part=$1 project=$2 code passed failed
  shift 2
  dotnet build "$project" -c Release -v quiet || return 1
  dotnet test "$project" -c Release --no-build --results-directory "$results" --logger "trx;LogFileName=$part.trx" "$@"
  code=$?
  read -r passed failed tests_skipped < <(test_counts "$results/$part.trx")
  echo "$part: $passed passed, $failed failed, $tests_skipped skipped"
  [ "$code" -eq 0 ] && [ "$passed" -gt 0 ]
}

# Runs the parts that are wanted; afterwards `verdicts` has a line for each, and the exit code is 0 if all have passed.
run_parts() {
  local part began verdict code=0
  verdicts=()
  for part in "${all[@]}"; do
    wanted "$part" || continue
    echo "== $part"
    began=$SECONDS
    run_part "$part" 2>&1 | tee "$results/$part.log"
    if [ "${PIPESTATUS[0]}" -eq 0 ]; then verdict=passed; else verdict=FAILED code=1; fi
    verdicts+=("$(printf '%-12s %s, in %d min %02d s' "$part" "$verdict" $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60)))")
  done
  return $code
}
