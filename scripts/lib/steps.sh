# Steps: announce, run, time, keep a log, explain a failure in one sentence.
#
# Sourced by scripts/setup. A caller sets `log_dir` and `steps_total`, then calls
# `run_step NAME TITLE COMMAND…` for each step. The output of a step goes to $log_dir/NAME.log; what a
# person sees is one line a step. A step that knows why it failed calls `because SENTENCE`.
# When a step fails the script ends with status 1: nothing after it runs.

steps_total=${steps_total:-0}
steps_begun=0
step_ticker=
step_interrupted=

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  tone_bold=$'\e[1m' tone_dim=$'\e[2m' tone_bad=$'\e[31m' tone_good=$'\e[32m' tone_off=$'\e[0m'
else
  tone_bold= tone_dim= tone_bad= tone_good= tone_off=
fi

say() { printf '%s\n' "$*"; }

# die SENTENCE [STATUS]: prints the sentence and ends the script.
die() {
  printf '%s%s: %s%s\n' "$tone_bad" "${program:-${0##*/}}" "$1" "$tone_off" >&2
  exit "${2:-1}"
}

# watch_for_interrupts: Ctrl-C ends the running step, which then fails with the right sentence.
watch_for_interrupts() {
  trap 'step_interrupted=1' INT TERM
  trap stop_ticker EXIT
}

# seconds_since EPOCHREALTIME-VALUE: elapsed time with one decimal, free of locale.
seconds_since() {
  local from=${1//[.,]/} now=${EPOCHREALTIME//[.,]/}
  local tenths=$(((now - from) / 100000))
  printf '%d.%d' $((tenths / 10)) $((tenths % 10))
}

# because SENTENCE: called inside a step, before it returns with an error.
because() {
  printf '%s' "$*" >"$log_dir/.reason"
  return 1
}

run_step() {
  local name=$1 title=$2 status=0
  local log=$log_dir/$name.log start=$EPOCHREALTIME
  shift 2
  steps_begun=$((steps_begun + 1))
  local head="[$steps_begun/$steps_total] $title"
  rm -f "$log_dir/.reason"
  start_ticker "$head"
  # errexit holds inside a subshell only while the caller is not itself testing its status.
  set +e
  (set -e; "$@") >"$log" 2>&1 </dev/null
  status=$?
  set -e
  stop_ticker
  if ((status != 0)); then
    step_failed "$head" "$log" "$status" "$(seconds_since "$start")"
  fi
  say "$head ${tone_good}done${tone_off} ${tone_dim}($(seconds_since "$start") s)${tone_off}"
}

# On a terminal the line counts seconds; elsewhere it is printed once, and again every 30 s.
start_ticker() {
  local head=$1
  if [[ ! -t 1 ]]; then
    say "$head …"
  fi
  (
    nap=
    trap '[[ -z $nap ]] || kill "$nap" 2>/dev/null; exit 0' TERM
    begun=$SECONDS
    while :; do
      if [[ -t 1 ]]; then
        printf '\r\e[K%s … %d s' "$head" $((SECONDS - begun))
        sleep 1 >/dev/null &
      else
        sleep 30 >/dev/null &
      fi
      nap=$!
      wait "$nap"
      [[ -t 1 ]] || say "$head … still at it ($((SECONDS - begun)) s)"
    done
  ) &
  step_ticker=$!
}

stop_ticker() {
  [[ -n $step_ticker ]] || return 0
  kill "$step_ticker" 2>/dev/null || true
  wait "$step_ticker" 2>/dev/null || true
  step_ticker=
  [[ ! -t 1 ]] || printf '\r\e[K'
}

step_failed() {
  local head=$1 log=$2 status=$3 elapsed=$4
  say "$head ${tone_bad}failed${tone_off} ($elapsed s)"
  {
    say
    say "The last lines of ${log#"$root"/}:"
    tail -n 15 "$log" | sed 's/^/    /'
    say
  } >&2
  if [[ -n $step_interrupted ]] || ((status == 130 || status == 143)); then
    die "Interrupted. Nothing is half done; run the same command again." 130
  fi
  die "$(explain "$log")"
}

# explain LOG: why a step failed and what to do, from the step's own reason or from well-known messages.
explain() {
  local log=$1
  if [[ -s $log_dir/.reason ]]; then
    cat "$log_dir/.reason"
  elif log_says "$log" 'No space left on device|ENOSPC|Disk quota exceeded'; then
    echo "The disk is full: make room (about 3 GB), then run the same command again."
  elif log_says "$log" 'dpkg was interrupted'; then
    echo "An earlier package installation was cut short: run 'dpkg --configure -a' as root, then the same command again."
  elif log_says "$log" 'Could not get lock|Unable to acquire the dpkg'; then
    echo "Another package manager holds the lock: wait until it has finished, then run the same command again."
  elif log_says "$log" "$network_complaints"; then
    echo "No network: a package server could not be reached. Check the connection or the proxy (http_proxy, https_proxy), then run the same command again."
  elif log_says "$log" 'NO_PUBKEY|is not signed|signatures? (couldn|were invalid)'; then
    echo "The package archive's signature could not be checked: upgrade the package debian-archive-keyring, then run the same command again."
  elif log_says "$log" 'CERTIFICATE_VERIFY_FAILED|certificate verif|unable to get local issuer'; then
    echo "A server's certificate could not be checked: install ca-certificates or point SSL_CERT_FILE at your own authority, then run the same command again."
  elif log_says "$log" 'Permission denied|EACCES|Operation not permitted'; then
    echo "A file could not be written: the folder probably belongs to another user; see the lines above."
  else
    echo "The lines above say why; the whole log is $log. Mend that and run the same command again."
  fi
}

network_complaints='Temporary failure (resolving|in name resolution)|Could not (resolve|connect)'
network_complaints+='|Connection (timed out|refused|failed|reset)|Unable to connect|Network is unreachable'
network_complaints+='|NewConnectionError|Name or service not known|Max retries exceeded|ProxyError'
network_complaints+='|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT'

log_says() { grep -qE "$2" "$1"; }
