// Every gate, one after the other: format, lint, types, layers, dead code, fast tests.
import { spawnSync } from 'node:child_process';

const gates = ['check:format', 'check:lint', 'check:types', 'check:layers', 'check:dead', 'test:fast'];
const failed = gates.filter((gate) => {
  console.log(`— ${gate}`);
  return spawnSync('npm', ['run', '--silent', gate], { stdio: 'inherit' }).status !== 0;
});
console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
