#!/usr/bin/env bash
# A detection model as a gate in continuous integration: fails (exit 1) when the model is worse than agreed.
# Usage: examples/ci/gate.sh        from the project's folder, after npm install && npm run build
set -euo pipefail
cd "$(dirname "$0")/../.."

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
secuml() { node dist/secuml.js "$@" --output-dir "$out" --quiet; }

# The data first: a broken export should not look like a bad model.
secuml check --project SpamHam --dataset spamassassin

# Train, tune and judge; the assertions are the gate.
secuml classify --project SpamHam --dataset spamassassin --param C=0.1 --param penalty=l2 \
  --assert 'test.rocAuc >= 0.97' --assert 'test.falsePositiveRate <= 0.08' --json > "$out/result.json"

# Other steps read the document.
node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(`detection rate ${r.headline["test.recall"]}, ${r.headline["test.alerts"]} alerts`)' "$out/result.json"

# A gate that cannot hold must fail with 1, not with anything else.
code=0
secuml classify --project SpamHam --dataset spamassassin --no-tuning --assert 'test.rocAuc > 1' > /dev/null || code=$?
[ "$code" = 1 ]

secuml remove SpamHam --yes
echo 'the gate holds'
