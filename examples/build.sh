#!/bin/bash
# Builds and runs the two projects of this folder against the artefacts as a repository would have them: deploys those to a
# temporary folder, and resolves them from there into a temporary local repository. Nothing is installed. Other artefacts come
# from the local repository of this machine where it has them.
#
#   build.sh [options for Maven; not -o, with which it deploys nothing]
#
#   M2_REPOSITORY  that local repository, if it is not ~/.m2/repository
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cache=${M2_REPOSITORY:-$HOME/.m2/repository}

mvn -B -ntp -q "$@" -Dmaven.test.skip=true -Dmaven.install.skip=true -DaltDeploymentRepository="built::file://$scratch/built" \
    -pl collapse4j-djl -am deploy

cat >"$scratch/settings.xml" <<SETTINGS
<settings>
  <localRepository>$scratch/local</localRepository>
  <profiles>
    <profile>
      <id>built</id>
      <repositories>
        <repository><id>built</id><url>file://$scratch/built</url></repository>
        <repository><id>cache</id><url>file://$cache</url></repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository><id>cache</id><url>file://$cache</url></pluginRepository>
      </pluginRepositories>
    </profile>
  </profiles>
  <activeProfiles>
    <activeProfile>built</activeProfile>
  </activeProfiles>
</settings>
SETTINGS

# prints a project's output; fails unless it has the line
expect() {
    local project=$1 line=$2
    OMP_WAIT_POLICY=passive mvn -B -ntp -q -s "$scratch/settings.xml" -f "examples/$project" \
        compile exec:java >"$scratch/output" || {
        cat "$scratch/output"
        exit 1
    }
    sed -i 's/\x1b\[[0-9]*m//g' "$scratch/output" # which Maven prints even in batch mode
    sed "s/^/$project: /" "$scratch/output"
    grep -q "$line" "$scratch/output" || {
        echo "examples/build.sh: $project did not print: $line" >&2
        exit 1
    }
}
expect plain-java '^GlobalMinimum$'
expect djl-training '^epoch 1: accuracy 0'
