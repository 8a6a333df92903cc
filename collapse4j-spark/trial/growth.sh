#!/usr/bin/env bash
# Growth of task times and shuffled bytes with N, d, K and the number of partitions: three sizes each, one
# process with two threads, figures from Spark's own event log.
#
#   ./collapse4j spark --version     # builds
#   collapse4j-spark/trial/growth.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() {
    local samples=$1 dim=$2 classes=$3 partitions=$4
    rm -rf "$work"/*
    mkdir "$work/events"
    "$root/collapse4j" spark generate "$work/table" --samples "$samples" --dim "$dim" --classes "$classes" \
        --partitions "$partitions" 2>/dev/null
    local split=$(($(du -sb "$work/table" | cut -f1) / partitions))
    JAVA_OPTS="-Dspark.master=local[2] -Dspark.sql.files.maxPartitionBytes=$split -Dspark.eventLog.enabled=true
        -Dspark.eventLog.dir=file://$work/events -Dspark.eventLog.rolling.enabled=false -Dspark.eventLog.compress=false" \
        "$root/collapse4j" spark measure "$work/table" --json "$work/result.json" >/dev/null 2>"$work/log"
    python3 - "$work"/events/* "$samples" "$dim" "$classes" "$partitions" "$work/log" <<'PY'
import json, re, sys
stages, seconds, shuffled, tasks = {}, [0, 0, 0], 0, 0
for line in open(sys.argv[1]):
    event = json.loads(line)
    if event["Event"] == "SparkListenerStageSubmitted":
        stages[event["Stage Info"]["Stage ID"]] = event["Stage Info"]["Stage Name"]
    if event["Event"] == "SparkListenerTaskEnd":
        name, metrics = stages[event["Stage ID"]], event["Task Metrics"]
        kind = 2 if "merge" in name else 0 if "pass 1" in name else 1 if "pass 2" in name else None
        if kind is not None:
            seconds[kind] += metrics["Executor Run Time"] / 1000
            tasks += kind < 2
            shuffled += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
states = [int(n.replace(",", "")) for n in re.findall(r": ([\d,]+) bytes from each", open(sys.argv[6]).read())]
n, d, k, p = map(int, sys.argv[2:6])
print(f"| {n:,} | {d:,} | {k:,} | {tasks // 2} | {seconds[0]:.1f} | {seconds[1]:.1f} | {seconds[2]:.1f} "
      f"| {states[0]:,} + {states[1]:,} | {shuffled:,} |", flush=True)
PY
}

echo '| N | d | K | partitions | pass 1, s | pass 2, s | merging, s | state, bytes | shuffled, bytes |'
echo '|---|---|---|---|---|---|---|---|---|'
for samples in 50000 100000 200000; do run "$samples" 64 50 16; done
for dim in 32 128 256; do run 100000 "$dim" 50 16; done
for classes in 10 500 5000; do run 100000 64 "$classes" 16; done
for partitions in 4 64 256; do run 100000 64 50 "$partitions"; done
