import { readFileSync } from 'node:fs';

/** The version in package.json, which lies one folder above this file's folder, or two where it is compiled to dist/. */
export const programVersion = readVersion();

/** `secuml 0.1.0`. */
export const programName = `secuml ${programVersion}`;

function readVersion(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as Record<
        string,
        string
      >;
      if (name === 'secuml') return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of secuml is missing');
}
