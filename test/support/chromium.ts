import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { chromium, type Browser } from 'playwright-core';

/** The installed browser; none is downloaded. */
const chromiumPath = [
  env['AKS_LOCALDNS_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((file) => file !== undefined && existsSync(file));

/** If everything is required, the tests fail without a browser instead of being skipped. */
export const browserMissing = chromiumPath === undefined && env['AKS_LOCALDNS_REQUIRE_ALL'] !== '1';

export async function launchBrowser(): Promise<Browser> {
  if (chromiumPath === undefined)
    throw new Error('There is no Chromium: install the package chromium, or name one in AKS_LOCALDNS_CHROMIUM.');
  // Needed as root in a container; the pages are our own and load nothing.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
