// Builds the program into dist/: dist/secuml.js, dist/worker.js, dist/server-thread.js, dist/iteration-thread.js and the chunks they share.
// Bundled, because starting from some 700 small modules takes half a second of CPU, and so does every worker thread.
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const outdir = join(root, 'dist');
// The pages are built apart (build-viewer.mjs): a server goes on showing them meanwhile.
mkdirSync(outdir, { recursive: true });
for (const entry of readdirSync(outdir)) {
  if (entry !== 'viewer' && entry !== 'report') rmSync(join(outdir, entry), { recursive: true, force: true });
}
await build({
  entryPoints: {
    secuml: join(root, 'bin/secuml.ts'),
    worker: join(root, 'src/parallel/worker.ts'),
    'iteration-thread': join(root, 'src/iteration-thread/entry.ts'),
    'server-thread': join(root, 'src/server/threads/server-thread.ts'),
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  // Native code, worker files of their own, and what is seldom used stay packages.
  external: ['libsql', 'mysql2', 'mysql2/*', 'piscina', 'ml-*'],
  // CommonJS packages inside the bundle ask for Node's own modules by require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
chmodSync(join(outdir, 'secuml.js'), 0o755);
