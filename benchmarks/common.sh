# What the scripts beside it share; they source it from the project's root.

page=docs/performance.md

# Compiles everything and sets $classpath.
build() {
  mvn -q -pl benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dspotless.check.skip
  classpath=benchmarks/target/classes:$(cat benchmarks/target/classpath)
}

# The JDKs to measure on: OPENCODE4J_BENCH_JDKS, separated by colons, or the one that is there and a 25 beside it.
jdks() {
  default=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  newer=$(find /usr/lib/jvm -maxdepth 1 -type d -name '*25*' 2>/dev/null | head -n 1)
  echo "${OPENCODE4J_BENCH_JDKS:-$default${newer:+:$newer}}" | tr : '\n'
}

# Puts standard input between the page's markers of that name.
write() {
  name=$1 news=$(cat) awk '
    $0 == "<!-- " ENVIRON["name"] " -->" { print; print ""; print ENVIRON["news"]; print ""; skip = 1; next }
    $0 == "<!-- /" ENVIRON["name"] " -->" { skip = 0 }
    !skip { print }
  ' "$page" > "$page.new"
  mv "$page.new" "$page"
}

# The rows of the table, or with "bars" those of the bars, among a run's output.
rows() {
  if [ "${2:-}" = bars ]; then sed -n 's/^= //p' "$1"; else grep '^|' "$1"; fi
}
