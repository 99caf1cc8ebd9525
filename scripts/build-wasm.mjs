// Compiles wasm/trees (AssemblyScript) into src/ml/trees/kernel-bytes.ts, which is committed; --check only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main } from 'assemblyscript/asc';

const root = resolve(import.meta.dirname, '..');
const target = join(root, 'src/ml/trees/kernel-bytes.ts');
const outputs = new Map();
const { error, stderr } = await main(
  [
    'trees/index.ts',
    '-O3',
    '--converge',
    '--runtime',
    'stub',
    '--noAssert',
    '--importMemory',
    '--noExportMemory',
    '--outFile',
    'trees.wasm',
  ],
  {
    readFile(name, base) {
      try {
        return readFileSync(join(root, 'wasm', base === '.' ? '' : base, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, content) => void outputs.set(name, content),
    listFiles: () => [],
  },
);
if (error) {
  process.stderr.write(`${stderr}\n`);
  process.exit(1);
}
const base64 = Buffer.from(outputs.get('trees.wasm')).toString('base64');
const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
const text = `// Made by scripts/build-wasm.mjs from wasm/trees: not to be edited.

/** The tree kernel as WebAssembly, base64. */
export const kernelBytes =
${lines.join(' +\n')};
`;
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('src/ml/trees/kernel-bytes.ts is not what wasm/trees says: run node scripts/build-wasm.mjs\n');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
