import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prerequisites, reportFormats } from '../../src/report/index.ts';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { fleet, sum } from '../report/support/fleet.ts';
import { hostileReport } from '../report/support/hostile.ts';
import { browserMissing, launchBrowser } from '../support/chromium.ts';

/** The globals of the page, in which expressions are evaluated as text; this project has no DOM types. */
async function inPage<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate(expression);
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(browserMissing)('the HTML report in a browser (skipped without Chromium)', () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'aks-localdns-report-'));

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(
    name: string,
    report: PrerequisiteReport,
    options: BrowserContextOptions = {},
  ): Promise<{ readonly page: Page; readonly said: string[]; readonly asked: string[] }> {
    const file = path.join(folder, `${name}.html`);
    writeFileSync(file, reportFormats.html(prerequisites(report)));
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => {
      said.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => asked.push(request.url()));
    const url = pathToFileURL(file).href;
    await page.goto(url);
    expect(asked).toEqual([url]);
    return { page, said, asked };
  }

  /** axe runs outside the page's content security policy, like browser tools. */
  async function seriousFindings(page: Page): Promise<readonly string[]> {
    const { violations } = await inPage<AxeResults>(page, `axe.run(document, { resultTypes: ['violations'] })`);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }

  async function withAxe(page: Page): Promise<Page> {
    const client = await page.context().newCDPSession(page);
    const { readFileSync } = await import('node:fs');
    await client.send('Runtime.evaluate', { expression: readFileSync(axe, 'utf8') });
    return page;
  }

  const medium = fleet({ clusters: 40, partial: 'Interrupted after 40 of 60 clusters.' }).report;

  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 390, height: 844 } }],
  ] as const)(
    'logs nothing to the console, sends no requests, and has no serious findings of axe: %s',
    async (name, options) => {
      const { page, said } = await open(`medium-${name}`, medium, options);
      await inPage(page, `document.querySelectorAll('details').forEach((part) => { part.open = true; })`);
      expect(await seriousFindings(await withAxe(page))).toEqual([]);
      expect(said).toEqual([]);
      expect(await inPage(page, 'document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.context().close();
    },
  );

  test('the same is true of a report of one pool and of an empty one', async () => {
    for (const report of [
      fleet({ clusters: 1, detail: 'all' }).report,
      { ...medium, pools: [], rows: [], subscriptions: [], clusters: 0 },
    ]) {
      const { page, said } = await open('small', report);
      expect(await seriousFindings(await withAxe(page))).toEqual([]);
      expect(said).toEqual([]);
      await page.context().close();
    }
  });

  test('hostile texts stay text: no script runs, no request is sent, and no text leaves its cell', async () => {
    const report = hostileReport();
    const { page, said, asked } = await open('hostile', report);
    expect(said).toEqual([]);
    expect(asked).toHaveLength(1);
    expect(
      await inPage(
        page,
        `document.querySelectorAll('img, iframe, object, embed, base, form[action], [onerror], [onload]').length`,
      ),
    ).toBe(0);
    expect(await inPage(page, `document.querySelectorAll('script').length`)).toBe(1);
    await page.context().close();
  });

  test('without scripts, all content is readable, and controls that need scripts are absent', async () => {
    const { page } = await open('plain', medium, { javaScriptEnabled: false });
    expect(await page.locator('details.cluster').count()).toBe(40);
    expect(await page.locator('details.cluster tr[data-e]').count()).toBe(medium.pools.length);
    for (const hidden of ['#results', '.pager', 'form'])
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    await page.locator('details.cluster summary').first().click();
    expect(await page.locator('details.cluster tr[data-e]').first().isVisible()).toBe(true);
    await page.context().close();
  });

  test('filters by text, eligibility, check, subscription and group, and shows how many are left', async () => {
    const { page } = await open('filter', medium);
    const status = page.locator('#result-status');
    const shown = async (): Promise<number> =>
      Number(/^([\d,]+) node pool/.exec((await status.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
    expect(await shown()).toBe(medium.pools.length);
    await page.selectOption('[name=eligibility]', 'blocked');
    expect(await shown()).toBe(medium.pools.filter(({ eligibility }) => eligibility === 'blocked').length);
    await page.selectOption('[name=check]', { label: 'vm-vcpus' });
    expect(await shown()).toBe(medium.pools.filter(({ blockedBy }) => blockedBy.includes('vm-vcpus')).length);
    await page.click('button[type=reset]');
    await expect.poll(shown).toBe(medium.pools.length);
    const [subscription] = medium.subscriptions?.filter(({ pools }) => pools > 0) ?? [];
    await page.selectOption('[name=subscription]', { label: subscription?.name ?? '' });
    expect(await shown()).toBe(subscription?.pools);
    await page.selectOption('[name=subscription]', '');
    await page.selectOption('[name=group]', { label: 'search' });
    expect(await shown()).toBe(medium.pools.filter(({ group }) => group === 'search').length);
    await page.selectOption('[name=group]', '');
    await page.fill('[name=text]', 'AKS-00003');
    expect(await shown()).toBe(3);
    await page.fill('[name=text]', 'usable vcpus');
    const named = new Set(medium.rows.filter(({ id }) => id === 'vm-vcpus').map(({ resourceId }) => resourceId));
    expect(await shown()).toBe(named.size);
    await page.fill('[name=text]', 'nothing is called so');
    expect(await shown()).toBe(0);
    expect(await page.locator('#pool-range').textContent()).toBe('No matching node pools.');
    await page.context().close();
  });

  test('sorts by every column, numbers numerically, and announces it to screen readers', async () => {
    const { page } = await open('sort', medium);
    const head = page.locator('#result-table thead th', { hasText: 'Nodes' });
    const column = async (index: number): Promise<readonly string[]> =>
      page.locator(`#result-rows tr > :nth-child(${String(index)})`).allTextContents();
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const numbers = (await column(7)).filter((text) => text !== '').map(Number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    await head.locator('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(Number((await column(7))[0])).toBe(Math.max(...medium.pools.map(({ nodes }) => nodes ?? 0)));
    expect(await page.locator('#result-table th[aria-sort=ascending]').count()).toBe(0);
    await page.context().close();
  });

  describe('the address of the page', () => {
    const hash = async (page: Page): Promise<string> => decodeURIComponent(new URL(page.url()).hash);
    const status = async (page: Page): Promise<string | null> => page.locator('#result-status').textContent();
    const setting = async (page: Page, name: string): Promise<string> =>
      inPage(page, `document.querySelector('[name=${name}]').selectedOptions[0].textContent`);

    test('contains filters and order, so that a shared or reloaded page shows the same', async () => {
      const { page, said } = await open('address', medium);
      await page.selectOption('[name=eligibility]', 'blocked');
      await page.selectOption('[name=check]', { label: 'vm-vcpus' });
      await page.selectOption('[name=group]', { label: 'search' });
      await page.fill('[name=text]', 'aks-000 & more=#%');
      await page.fill('[name=text]', 'AKS-000');
      await page.locator('#result-table thead th', { hasText: 'Nodes' }).locator('button').click();
      const [shown, rows] = [await status(page), await page.locator('#result-rows').textContent()];
      expect(await hash(page)).toBe('#text=AKS-000&eligibility=blocked&check=vm-vcpus&group=search&sort=Nodes');
      const other = await page.context().newPage();
      await other.goto(page.url());
      for (const same of [other, page]) {
        await same.reload();
        expect(await status(same)).toBe(shown);
        expect(await same.locator('#result-rows').textContent()).toBe(rows);
        expect(await setting(same, 'check')).toBe('vm-vcpus');
        expect(await setting(same, 'group')).toBe('search');
      }
      await page.click('button[type=reset]');
      await expect.poll(async () => hash(page)).toBe('#sort=Nodes');
      expect(said).toEqual([]);
      await page.context().close();
    });

    test('goes back one choice at a time, and text typed at once is one choice', async () => {
      const { page } = await open('back', medium);
      const all = await status(page);
      await page.selectOption('[name=eligibility]', 'blocked');
      const blocked = await status(page);
      await page.locator('[name=text]').pressSequentially('aks-0001');
      expect(await hash(page)).toBe('#text=aks-0001&eligibility=blocked');
      await page.goBack();
      await expect.poll(async () => status(page)).toBe(blocked);
      expect(await page.locator('[name=text]').inputValue()).toBe('');
      await page.goBack();
      await expect.poll(async () => status(page)).toBe(all);
      expect(await setting(page, 'eligibility')).toBe('all');
      await page.goForward();
      await expect.poll(async () => status(page)).toBe(blocked);
      await page.context().close();
    });

    test('keeps the filter when a link to a place on the page is followed', async () => {
      const { page } = await open('place', medium);
      await page.selectOption('[name=eligibility]', 'blocked');
      const blocked = await status(page);
      const link = page.locator('#result-rows a').nth(3);
      const name = await link.textContent();
      await link.click();
      expect(await hash(page)).toMatch(/^#eligibility=blocked&at=c\d+$/);
      await page.reload();
      expect(await status(page)).toBe(blocked);
      expect(await inPage(page, `document.activeElement.querySelector('h3').textContent`)).toBe(name);
      await page.locator('nav a', { hasText: 'Findings by check' }).click();
      expect(await hash(page)).toBe('#eligibility=blocked&at=checks');
      expect(await status(page)).toBe(blocked);
      await page.context().close();
    });

    test('with invalid values shows the valid part', async () => {
      const { page, said } = await open('made-up', medium);
      for (const made of [
        '#eligibility=golden&check=%E0%A4%A&sort=-Nothing&at=c99999',
        '#nowhere',
        '#sort=--Nodes&__proto__=1',
      ]) {
        await page.goto(`${page.url().split('#')[0] ?? ''}${made}`);
        await page.reload();
        expect(await status(page)).toContain(`${String(medium.pools.length)} node pools of`);
      }
      expect(said).toEqual([]);
      await page.context().close();
    });
  });

  describe('long names', () => {
    const long = (name: string, end: string): string => `${name}-${'of-the-platform-team-'.repeat(4)}${end}`;
    const named: PrerequisiteReport = {
      ...medium,
      subscriptions: (medium.subscriptions ?? []).map((each, index) => ({
        ...each,
        name: long('Contoso Production', `s${String(index)}`),
      })),
      pools: medium.pools.map((pool, index) => ({
        ...pool,
        pool: `nodepool${String(index).padStart(4, '0')}`,
        resourceGroup: long('rg', 'x'),
        cluster: long('aks', pool.cluster),
        group: long('team', String(index % 7)),
      })),
    };

    test('at 1280 pixels all columns are visible, including the forecast and the end of each name', async () => {
      const { page } = await open('long', named, { viewport: { width: 1280, height: 900 } });
      const box = await page.locator('#result-table thead th', { hasText: 'Forecast' }).boundingBox();
      expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
      expect(
        await inPage(
          page,
          `(() => { const part = document.querySelector('#result-table').parentElement; return part.scrollWidth <= part.clientWidth; })()`,
        ),
      ).toBe(true);
      // The shown part of a name: its beginning, truncated by the browser, and its whole end.
      const cut = await inPage<
        readonly { readonly end: string; readonly whole: string; readonly isOnScreen: boolean }[]
      >(
        page,
        `[...document.querySelectorAll('#result-rows .mid')].map((name) => {
          const end = name.lastElementChild, cell = name.closest('td').getBoundingClientRect(), box = end.getBoundingClientRect();
          return { end: end.textContent, whole: name.textContent, isOnScreen: end.scrollWidth <= end.clientWidth + 1 && box.right <= cell.right && box.left >= cell.left };
        })`,
      );
      expect(cut.length).toBe(150);
      for (const { end, whole, isOnScreen } of cut)
        expect([end.length, whole.endsWith(end), isOnScreen]).toEqual([12, true, true]);
      expect(await seriousFindings(await withAxe(page))).toEqual([]);
      await page.context().close();
    });
  });

  test('a pool links to its cluster, regardless of the filter and the page', async () => {
    const { page } = await open('lead', medium);
    await page.locator('#pool-on').click();
    const link = page.locator('#result-rows a').nth(20);
    const name = await link.textContent();
    await link.click();
    const focused = await inPage<string>(page, `document.activeElement.querySelector('h3').textContent`);
    expect(focused).toBe(name);
    expect(await inPage(page, `document.activeElement.parentElement.open`)).toBe(true);
    await page.context().close();
  });

  test('the first Tab stop skips to the summary', async () => {
    const { page } = await open('keys', medium);
    await page.keyboard.press('Tab');
    expect(await inPage(page, `document.activeElement.className`)).toBe('skip');
    await page.context().close();
  });

  test('prints with every cluster expanded, and restores the page afterwards', async () => {
    const { page, said } = await open('print', medium);
    await inPage(
      page,
      `window.printed = []; addEventListener('beforeprint', () => window.printed.push(document.querySelectorAll('details.cluster[open]').length))`,
    );
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.length).toBeGreaterThan(50_000);
    expect(await inPage(page, 'window.printed')).toEqual([40]);
    await expect.poll(async () => page.locator('details.cluster').count()).toBe(25);
    expect(said).toEqual([]);
    await page.context().close();
  });

  test('30,000 pools stay usable: each filter and sort answers quickly', async () => {
    const { report, pools } = fleet({ clusters: 10_000 });
    const { page, said } = await open('large', report);
    expect(await page.locator('#result-status').textContent()).toBe(
      '30,000 node pools of 30,000, in 10,000 clusters of 10,000',
    );
    // Measures the filter, style and layout, in CPU time of the page's thread, which is the same on a busy
    // machine.
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const spent = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      const found = metrics.find(({ name }) => name === 'ThreadTime');
      if (found === undefined) throw new Error('This browser does not tell the time of its thread.');
      return found.value * 1000;
    };
    const answer = async (change: string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        await inPage(page, `document.getElementById('filter').reset()`);
        const start = await spent();
        await inPage(
          page,
          `(() => {
            const form = document.getElementById('filter');
            ${change};
            form.dispatchEvent(new Event('input', { bubbles: true }));
            document.body.getBoundingClientRect();
          })()`,
        );
        times.push((await spent()) - start);
      }
      return Math.min(...times);
    };
    const asked = {
      text: await answer(`form.elements.text.value = 'aks-012'`),
      'a letter': await answer(`form.elements.text.value = 's'`),
      'text that is nowhere': await answer(`form.elements.text.value = 'zzzzzz'`),
      eligibility: await answer(`form.elements.eligibility.value = 'blocked'`),
      check: await answer(`form.elements.check.value = '1'`),
      all: await answer(''),
    };
    for (const [what, milliseconds] of Object.entries(asked)) expect(milliseconds, what).toBeLessThan(200);
    expect(sum(pools)).toBe(30_000);
    expect(said).toEqual([]);
    await page.context().close();
  });
});
