// Compiles each folder of wasm/ (AssemblyScript) into the kernel-bytes.ts of its room, which is committed; --check only
// compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { main } from 'assemblyscript/asc';

const root = resolve(import.meta.dirname, '..');

async function compile(folder) {
  const outputs = new Map();
  const { error, stderr } = await main(
    [
      `${folder}/index.ts`,
      '-O3',
      '--converge',
      '--runtime',
      'stub',
      '--noAssert',
      '--importMemory',
      '--noExportMemory',
      '--enable',
      'simd',
      '--outFile',
      'kernel.wasm',
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
  const base64 = Buffer.from(outputs.get('kernel.wasm')).toString('base64');
  const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}'`);
  return `// Made by scripts/build-wasm.mjs from wasm/${folder}: not to be edited.

/** The kernel of wasm/${folder} as WebAssembly, base64. */
export const kernelBytes =
${lines.join(' +\n')};
`;
}

for (const folder of ['boosting', 'linear-algebra', 'svm', 'trees']) {
  const name = `src/ml/${folder}/kernel-bytes.ts`;
  const target = join(root, name);
  const text = await compile(folder);
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(`${name} is not what wasm/${folder} says: run node scripts/build-wasm.mjs\n`);
    process.exit(1);
  }
}
