import type { PrerequisiteReport } from '../../model/report.ts';
import { worstFirst } from '../places.ts';
import { poolColumns, type Choices } from './clusters.ts';
import { htmlText } from './text.ts';

function choice(
  name: string,
  label: string,
  all: string,
  options: readonly (readonly [value: string, text: string])[],
): string {
  if (options.length === 0) return '';
  return `<label>${label}<select name="${name}"><option value="">${all}</option>${options.map(([value, text]) => `<option value="${value}">${htmlText(text)}</option>`).join('')}</select></label>`;
}

function numbered(names: Iterable<string>): readonly (readonly [string, string])[] {
  return [...names].map((name, index) => [String(index), name] as const);
}

function pager(name: string, what: string, status: string): string {
  return `<div class="pager" data-script hidden><button type="button" id="${name}-back" aria-label="Previous ${what}">Previous</button>${status}<button type="button" id="${name}-on" aria-label="Next ${what}">Next</button></div>`;
}

/** The filter and the table of all pools: there with script alone, since what it shows is below for everyone. */
export function results(report: PrerequisiteReport, choices: Choices): string {
  const [first = '', ...rest] = poolColumns(report);
  const heads = [first, 'Cluster', 'Subscription', ...rest]
    .map((column) => `<th scope="col" aria-sort="none"><button type="button">${column}</button></th>`)
    .join('');
  return [
    '<section id="results" data-script hidden aria-labelledby="results-h"><h2 id="results-h">Node pools</h2>',
    '<form id="filter" role="search" aria-label="Filter node pools and clusters">',
    '<label>Text<input type="search" name="text" placeholder="pool, cluster, finding …" autocomplete="off"></label>',
    choice(
      'eligibility',
      'Eligibility',
      'all',
      worstFirst.map((eligibility) => [eligibility, eligibility]),
    ),
    choice('check', 'Check', 'all', numbered(choices.checks.keys())),
    choice('subscription', 'Subscription', 'all', numbered(choices.subscriptionNames)),
    choice('group', htmlText(report.groupBy ?? ''), 'all', numbered(choices.groups.keys())),
    '<div><button type="reset">Clear</button></div></form>',
    '<p id="result-status" role="status"></p>',
    `<div class="s" tabindex="0" role="region" aria-labelledby="result-caption"><table id="result-table"><caption id="result-caption">Node pools that match the filter</caption><thead><tr>${heads}</tr></thead><tbody id="result-rows"></tbody></table></div>`,
    pager('pool', 'node pools', '<p id="pool-range"></p>'),
    '</section>',
  ].join('\n');
}

export function clusterPager(): string {
  return pager('cluster', 'clusters', '');
}
