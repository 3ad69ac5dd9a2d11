import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { percent } from '../../src/report/html/summary.ts';
import { prerequisites, reportFormats } from '../../src/report/index.ts';
import { fleet } from './support/fleet.ts';

const { report } = fleet({ clusters: 40 });
const html = reportFormats.html(prerequisites(report));
const { document } = parseHTML(html);

describe('the HTML report', () => {
  test('is one file without references to others', () => {
    expect(document.querySelectorAll('link, img, iframe, [src], [srcset]')).toHaveLength(0);
    expect(html).not.toMatch(/@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon/);
  });

  test('allows the browser only its own script and style', () => {
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
    const inside = (tag: string): string => new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '';
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(inside('style'))}; script-src ${hash(inside('script'))}; base-uri 'none'; form-action 'none'`,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  test('has one first-level heading, and skips no level below it', () => {
    const ranks = [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName.slice(1)));
    expect(ranks.filter((rank) => rank === 1)).toHaveLength(1);
    ranks.forEach((rank, index) => {
      expect(rank - (ranks[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test('gives every table a caption, every column a scope, every control a label', () => {
    for (const table of document.querySelectorAll('table')) {
      expect(table.querySelector('caption')?.textContent).toMatch(/\S/);
      for (const head of table.querySelectorAll('th')) expect(head.getAttribute('scope')).toMatch(/^(?:col|row)$/);
    }
    for (const control of document.querySelectorAll('input, select'))
      expect(control.closest('label')?.textContent).toMatch(/\S/);
  });

  test('has links within the page that lead somewhere, and ids that are there once', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a[href^="#"], [aria-labelledby]')) {
      expect(ids).toContain(link.getAttribute('aria-labelledby') ?? link.getAttribute('href')?.slice(1));
    }
  });

  test('begins with the clusters that need attention, and shows each pool in its cluster with its findings', () => {
    const worst = [...document.querySelectorAll('details.cluster')].map((section) =>
      section.querySelector('summary .b')?.textContent?.replace(/^\d+ /, ''),
    );
    const order = ['blocked', 'unknown', 'eligible', 'enabled', 'skipped'];
    expect(worst).toEqual([...worst].sort((left, right) => order.indexOf(left ?? '') - order.indexOf(right ?? '')));
    const row = report.rows.find(({ id }) => id === 'vm-vcpus');
    const section = [...document.querySelectorAll('details.cluster')].find((found) =>
      row?.target.startsWith(`${found.querySelector('h3')?.textContent ?? ''}/`),
    );
    expect(section?.textContent).toContain(row?.fix);
  });

  test('draws charts that match the numbers', () => {
    const rects = [...document.querySelectorAll('.stack rect')].map(
      (rect) => [rect.getAttribute('class'), Number(rect.getAttribute('width'))] as const,
    );
    const total = report.pools.length;
    for (const [eligibility, width] of rects)
      expect(width).toBeCloseTo(
        (1000 * report.pools.filter((pool) => pool.eligibility === eligibility).length) / total,
        1,
      );
    expect(document.querySelector('.stack')?.getAttribute('aria-label')).toMatch(
      /^Node pools: \d+ enabled, \d+ eligible/,
    );
  });

  test('30,000 pools give a file small enough to send', () => {
    expect(Buffer.byteLength(reportFormats.html(prerequisites(fleet({ clusters: 10_000 }).report)))).toBeLessThan(
      22_000_000,
    );
  });
});

test('a share is 0 % or 100 % only if exact', () => {
  expect([
    percent(0, 0),
    percent(0, 9),
    percent(1, 30_000),
    percent(1, 3),
    percent(29_999, 30_000),
    percent(9, 9),
  ]).toEqual(['0 %', '0 %', '< 1 %', '33 %', '> 99 %', '100 %']);
});
