import { readFileSync } from 'node:fs';

/** The version in package.json. */
export const programVersion = readVersion();

/** `secuml 0.1.0`. */
export const programName = `secuml ${programVersion}`;

/** Looks for secuml's package.json from this file's folder upwards: source and built files lie at different depths. */
function readVersion(): string {
  for (const up of ['../', '../../']) {
    try {
      const text = readFileSync(new URL(`${up}package.json`, import.meta.url), 'utf8');
      const { name, version } = JSON.parse(text) as Record<string, string>;
      if (name === 'secuml') return version;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error('package.json of secuml is missing');
}
