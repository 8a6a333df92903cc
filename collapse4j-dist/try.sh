#!/bin/bash
# Unpacks the archives that -Pdist has made into a read-only folder whose name has spaces, and runs every command from there,
# without a network where the system lets an ordinary user take it away (unshare). Prints a line for each, and fails with
# the first that does.
#
#   try.sh [--without-spark]
set -euo pipefail
dist=$(cd "$(dirname "$0")/target" && pwd)
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
home="$scratch/a folder with spaces"
mkdir "$home" "$scratch/work" "$scratch/home"

for archive in "$dist"/collapse4j-*.tar.gz; do
    case $archive in
        *-spark.tar.gz) [ "${1:-}" != --without-spark ] || continue ;;
    esac
    tar -xzf "$archive" -C "$home"
done
chmod -R a-w "$home"
folder=$(echo "$home"/collapse4j-*)

offline=()
if unshare -rn true 2>/dev/null; then
    offline=(unshare -rn)
else
    echo 'try.sh: this system does not let an ordinary user take the network away' >&2
fi
# unshare -r makes a root of sorts, to whom a read-only folder is none unless its capabilities are dropped
if [ "${#offline[@]}" -gt 0 ] && command -v setpriv >/dev/null; then
    offline+=(setpriv --bounding-set=-all --inh-caps=-all)
fi

cd "$scratch/work"
run() {
    local start=$SECONDS
    if ! HOME="$scratch/home" JAVA_OPTS="${JAVA_OPTS:-} -Duser.home=$scratch/home" \
        "${offline[@]}" "$folder/collapse4j" "$@" >"$scratch/out" 2>&1 </dev/null; then
        cat "$scratch/out" >&2
        echo "try.sh: failed: collapse4j $*" >&2
        exit 1
    fi
    echo "ok $((SECONDS - start)) s: collapse4j $*"
}

mnist="$folder/examples/mnist"
run --version
run help
run help certify
run completion bash
run completion zsh
run completion fish
run cite
run sample
run certify sample/run.npz --html certify.html
run measure sample/run.npz --html measure.html
run measure sample/features.csv
run measure --series 'sample/run/epoch*' --html run.html
run compress sample/run.npz --out small
run certify "$mnist/mnist-cntk.onnx" --input "$mnist" --weight-decay 1e-4
run extract "$mnist/mnist-cntk.onnx" --input "$mnist" --out extracted
run solve --counts 100,50,20 --out layer
run certify layer
run plan --counts 500,100,20
run landscape --counts 5,4,3 --starts 20 --html landscape.html
run prove --counts 9,5,2 --dim 1 --lambda-w 0.004 --lambda-h 0.002 --lambda-b 0 --out minimum.json
run verify minimum.json
run train --dims 10 --heads learned --epochs 2 --out runs --html train.html
run demo --epochs 2
if [ "${1:-}" != --without-spark ]; then
    run spark measure sample/features.jsonl --format json --weights sample/layer/weights.npy --html measure.html
    run spark certify sample/features.jsonl --format json --weights sample/layer/weights.npy --bias sample/layer/bias.npy
    run spark landscape --loss ce --counts 5,4,3 --starts 64 --json spark.json
    run spark --version
fi
[ -z "$(find "$home" -newer "$scratch/work" -print -quit)" ] || { echo 'try.sh: something was written to the folder' >&2; exit 1; }
