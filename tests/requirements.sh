# shellcheck shell=bash
# What tests need beside the .NET SDK, to be sourced by the scripts that run them.

# require_dotnet SCRIPT: says in the name of SCRIPT what to do where the SDK is missing.
require_dotnet() {
  command -v dotnet >/dev/null || {
    echo "$1: the .NET SDK 10 is needed (https://dot.net); nothing was run" >&2
    return 1
  }
}

# install_requirements NAME…: lets apt-get install what is missing of
#   readers      Node.js with npm, for the independent Parquet readers
#   browser      Debian's chromium, for the dashboard's pages; CHROMIUM names another
#   postgresql   PostgreSQL's server, for the cluster
#   network      iproute2, nftables and util-linux, for the cluster's networks and file systems
#   prometheus   Prometheus with promtool, which judges our metrics
#   exporter     postgres_exporter, by which PostgreSQL tells Prometheus of itself
#   opencl       PoCL, which is OpenCL on the processor, for the kernels of devices
#   clang        clang-14, which makes their PTX
#   dask         the peer of the load benchmark
install_requirements() {
  local name needed=()
  for name in "$@"; do
    case $name in
      readers) command -v npm >/dev/null && command -v node >/dev/null || needed+=(nodejs npm) ;;
      browser) command -v "${CHROMIUM:-chromium}" >/dev/null || needed+=(chromium) ;;
      postgresql) compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || needed+=(postgresql) ;;
      network)
        command -v ip >/dev/null || needed+=(iproute2)
        command -v nft >/dev/null || needed+=(nftables)
        command -v unshare >/dev/null && command -v nsenter >/dev/null || needed+=(util-linux)
        ;;
      prometheus) command -v promtool >/dev/null || needed+=(prometheus) ;;
      exporter) command -v prometheus-postgres-exporter >/dev/null || needed+=(prometheus-postgres-exporter) ;;
      opencl)
        [ -e /etc/OpenCL/vendors/pocl.icd ] || needed+=(pocl-opencl-icd)
        /sbin/ldconfig -p | grep -q 'libOpenCL\.so\.1' || needed+=(ocl-icd-libopencl1)
        ;;
      clang) command -v clang-14 >/dev/null || needed+=(clang-14) ;;
      dask) "${PYTHON:-/usr/bin/python3}" -c 'import distributed' 2>/dev/null || needed+=(python3-distributed) ;;
      *) echo "no such requirement: $name" >&2 && return 2 ;;
    esac
  done
  [ ${#needed[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    echo "missing here, and only root can install it: apt-get install ${needed[*]}" >&2
    return 1
  fi
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${needed[@]}"
}

# test_counts FILE…: passed, failed and skipped of all test runs that left these .trx files, on one line.
test_counts() {
  cat "$@" 2>/dev/null | grep -o '<Counters [^>]*>' |
    sed -E 's/.* total="([0-9]+)" executed="([0-9]+)" passed="([0-9]+)" failed="([0-9]+)".*/\1 \2 \3 \4/; s/.*<Counters //' |
    awk '{ skipped += $1 - $2; passed += $3; failed += $4 } END { print passed + 0, failed + 0, skipped + 0 }'
}

# failed_tests FILE…: each test that failed in these .trx files: its name, message and where, as text.
failed_tests() {
  sed -n '/<UnitTestResult .*outcome="Failed"/,/<\/UnitTestResult>/p' "$@" 2>/dev/null |
    sed -E 's/.*<UnitTestResult .*testName="([^"]*)".*/-- \1/; s/<[^>]*>//g; /^[[:space:]]*$/d
      s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#xD;//g; s/&amp;/\&/g'
}
