import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { chromium, type Browser } from 'playwright-core';

/** The machine's own browser; none is ever downloaded. */
const chromiumPath = [
  env['AKS_LOCALDNS_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((file) => file !== undefined && existsSync(file));

/** Where everything is required, a machine without a browser fails its tests instead of skipping them. */
export const browserMissing = chromiumPath === undefined && env['AKS_LOCALDNS_REQUIRE_ALL'] !== '1';

export async function launchBrowser(): Promise<Browser> {
  if (chromiumPath === undefined)
    throw new Error('There is no Chromium: install the package chromium, or name one in AKS_LOCALDNS_CHROMIUM.');
  // In a container root has no other way; the pages are our own and load nothing.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
