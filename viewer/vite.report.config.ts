import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

/**
 * The template of a single-file report: one HTML file that opens from disk. `export` writes the payload into its
 * `<script type="application/gzip+base64" id="secuml-report">`, which no browser runs.
 */
export default defineConfig({
  root: resolve(import.meta.dirname, 'report'),
  base: './',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), onlyItsOwnScript()],
  build: {
    outDir: resolve(import.meta.dirname, '../dist/report'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
  },
});

/** Adds a content security policy that allows the one script of the file by its hash, and no request at all. */
function onlyItsOwnScript(): Plugin {
  return {
    name: 'only-its-own-script',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          const html = String(file.source);
          const scripts = [...html.matchAll(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g)];
          if (scripts.length !== 1) throw new Error(`${file.fileName}: expected one script, found ${scripts.length}`);
          const hash = createHash('sha256').update(scripts[0][1]).digest('base64');
          const policy = [
            "default-src 'none'",
            `script-src 'sha256-${hash}'`,
            "style-src 'unsafe-inline'",
            'img-src data:',
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
          ].join('; ');
          file.source = html.replace(
            '<meta charset="utf-8" />',
            () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
          );
        }
      },
    },
  };
}
