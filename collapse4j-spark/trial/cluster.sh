#!/usr/bin/env bash
# A real cluster on this machine: a standalone master, two workers and a driver as separate processes, from the jars
# that the build downloaded. Measures the same table three times: undisturbed, with an executor killed midway, and in
# one process. The first two must agree bit for bit, the third to 1e-10.
#
#   ./collapse4j spark --version     # builds
#   collapse4j-spark/trial/cluster.sh [SAMPLES [DIM [CLASSES [PARTITIONS [TASKS BEFORE THE KILL]]]]]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=$root/collapse4j-spark/target
samples=${1:-200000} dim=${2:-128} classes=${3:-50} partitions=${4:-32} patience=${5:-12}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
pids=()

stop() {
    kill "${pids[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT

# Only what an installed Spark has in jars/.
mkdir -p "$work/spark/jars" "$work/events"
tr ':' '\n' <"$target/spark.classpath" | xargs -I{} ln -s {} "$work/spark/jars/"
# Gson comes with an installed Spark too; here it is in our jar.
export SPARK_HOME=$work/spark SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
port=$((20000 + RANDOM % 20000))
master=spark://127.0.0.1:$port

daemon() {
    local name=$1
    shift
    "$java" -Xmx256m -Dlog4j2.level=WARN -cp "$SPARK_HOME/jars/*" "$@" >"$work/$name.log" 2>&1 &
    pids+=($!)
}
daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
workers=()
for i in 1 2; do
    daemon "worker$i" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
        --work-dir "$work/worker$i" "$master"
    workers+=("${pids[-1]}")
done

split=128m

# The program that bin/spark-submit starts.
submit() {
    local log=$1
    shift
    "$java" -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit --master "$master" \
        --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf spark.ui.enabled=false \
        --conf spark.executor.memory=1g --conf spark.eventLog.enabled=true --conf "spark.eventLog.dir=file://$work/events" \
        --conf spark.eventLog.rolling.enabled=false --conf spark.eventLog.compress=false \
        --conf spark.sql.files.maxPartitionBytes="$split" \
        --class io.github.collapse4j.spark.app.SparkMain "$target/collapse4j-spark.jar" "$@" 2>"$work/$log.log" ||
        { cat "$work/$log.log" >&2; exit 1; }
}

count() { grep -c "$1" "$2" || true; }
shuffled() { grep -o '"Shuffle Bytes Written":[0-9]*' "$1" | awk -F: '{ n += $2 } END { print n + 0 }'; }

submit generate generate "$work/table" --samples "$samples" --dim "$dim" --classes "$classes" --partitions "$partitions"
rm -f "$work"/events/*
echo "table: $(du -sh "$work/table" | cut -f1), $samples samples, d = $dim, K = $classes, $partitions partitions"

# One file is one partition, not several.
split=$(($(du -sb "$work/table" | cut -f1) / partitions))
start=$SECONDS
submit calm measure "$work/table" --json "$work/calm.json" >/dev/null
calm_events=$(ls "$work"/events/*)
echo "undisturbed: $((SECONDS - start)) s, $(count SparkListenerTaskEnd "$calm_events") tasks, shuffled $(shuffled "$calm_events") bytes"
grep 'bytes from each' "$work/calm.log" || true
mv "$calm_events" "$work/calm.events"

start=$SECONDS
(
    # the driver logs every task that ends
    until [ "$(grep -c 'TaskSetManager: Finished task' "$work/killed.log" 2>/dev/null)" -ge "$patience" ] 2>/dev/null; do
        sleep 0.1
    done
    victim=$(pgrep -P "${workers[0]}" -f CoarseGrainedExecutorBackend)
    kill -9 "$victim"
    echo "killed executor process $victim after $patience tasks"
) &
submit killed measure "$work/table" --json "$work/killed.json" >/dev/null
wait $! || true
events=$(ls "$work"/events/*)
echo "with the kill: $((SECONDS - start)) s, $(count SparkListenerTaskEnd "$events") tasks," \
    "$(count '"Reason":"ExecutorLostFailure"' "$events") of them lost, $(count SparkListenerExecutorRemoved "$events") executor lost"

"$root/collapse4j" spark measure "$work/table" --json "$work/local.json" >/dev/null 2>&1

for run in calm killed; do grep -v '"command"' "$work/$run.json" >"$work/$run.text"; done
if cmp -s "$work/calm.text" "$work/killed.text"; then
    echo 'undisturbed and killed: identical JSON'
else
    echo 'undisturbed and killed: DIFFERENT' >&2
    diff "$work/calm.text" "$work/killed.text" | head >&2
    exit 1
fi
# Numbers side by side; their difference relative to the larger of the two.
numbers() { grep -v '"command"' "$1" | grep -oE -- '-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?'; }
paste <(numbers "$work/calm.json") <(numbers "$work/local.json") | awk '
    { a = $1 < 0 ? -$1 : $1; b = $2 < 0 ? -$2 : $2; m = a > b ? a : b; e = $1 - $2; e = e < 0 ? -e : e
      if (NF != 2) { print "different structure"; exit 1 }
      if (m > 0 && e / m > worst) worst = e / m }
    END { printf "cluster and one process: %d numbers, the largest relative difference %.1e\n", NR, worst
          exit !(NR > 20 && worst <= 1e-10) }'
