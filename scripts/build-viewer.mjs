// Builds the pages: dist/viewer/ for `secuml serve`, dist/report/index.html as the template of single-file reports.
// Usage: node scripts/build-viewer.mjs [FOLDER IN PLACE OF dist]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, loadConfigFromFile } from 'vite';

const root = resolve(import.meta.dirname, '..');
const out = resolve(process.argv[2] ?? join(root, 'dist'));
for (const [file, folder] of [
  ['viewer/vite.config.ts', 'viewer'],
  ['viewer/vite.report.config.ts', 'report'],
]) {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(root, file));
  const { config } = loaded;
  await build({ ...config, configFile: false, build: { ...config.build, outDir: join(out, folder) } });
}

// Smaller copies beside the files, which the server sends to whoever takes them.
const assets = join(out, 'viewer/assets');
for (const name of readdirSync(assets)) {
  const bytes = readFileSync(join(assets, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes, quality));
  writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}
