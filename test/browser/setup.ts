import type { TestProject } from 'vitest/node';
import { chromiumInstalled } from './chromium.js';
import { type Site, startSite } from './site.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Null where there is no browser to open it with. */
    site: Site | null;
  }
}

let stop: (() => Promise<void>) | undefined;

/** One server over results made once, for all files of this folder. */
export async function setup(project: TestProject): Promise<void> {
  if (!chromiumInstalled()) {
    project.provide('site', null);
    return;
  }
  const started = await startSite();
  stop = started.stop;
  project.provide('site', started.site);
}

export async function teardown(): Promise<void> {
  await stop?.();
}
