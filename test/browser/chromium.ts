import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const binary = '/usr/bin/chromium';

/**
 * Whether Debian's chromium is installed here. With SECUML_REQUIRE_SERVICES=1 its absence is an error, so that a run
 * which is meant to cover it cannot leave it out unseen.
 */
export function chromiumInstalled(): boolean {
  const installed = existsSync(binary);
  if (!installed && process.env.SECUML_REQUIRE_SERVICES === '1') {
    throw new Error(`SECUML_REQUIRE_SERVICES=1, but ${binary} is missing (apt-get install chromium)`);
  }
  return installed;
}

/** A browser without a window, which asks nothing of the network by itself. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: binary,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
