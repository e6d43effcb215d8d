# What the scripts beside it share; they source it from the project's root.

. .ci/jdks

page=docs/performance.md

# The JDKs to measure on.
jdks=$(jdks "${OPENCODE4J_BENCH_JDKS:-}")

# Compiles everything and sets $classpath.
build() {
  mvn -q -pl benchmarks -am compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dspotless.check.skip
  classpath=benchmarks/target/classes:$(cat benchmarks/target/classpath)
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
