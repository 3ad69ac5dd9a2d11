import { capital } from '../totals.ts';
import { inOrder, tones, type Subjects } from '../view.ts';
import { subjectColumns, type Choices } from './clusters.ts';
import { html, nothing, type Html } from './markup.ts';

function choice(name: string, label: string, options: readonly (readonly [value: string, text: string])[]): Html {
  if (options.length === 0) return nothing;
  const listed = options.map(([value, text]) => html`<option value="${value}">${text}</option>`);
  return html`<label>${label}<select name="${name}"><option value="">all</option>${html.join(listed)}</select></label>`;
}

function numbered(names: Iterable<string>): readonly (readonly [string, string])[] {
  return [...names].map((name, index) => [String(index), name] as const);
}

function pager(name: string, what: string, status: Html): Html {
  return html`<div class="pager" data-script hidden><button type="button" id="${name}-back" aria-label="Previous ${what}">Previous</button>${status}<button type="button" id="${name}-on" aria-label="Next ${what}">Next</button></div>`;
}

/** The filter and the table of all subjects. Shown only with script; without it, the sections below show the same. */
export function results(subjects: Subjects, choices: Choices): Html {
  const { noun, short, state, states, groupBy = '' } = subjects;
  const [first, ...rest] = subjectColumns(subjects).map(({ header }) => header);
  const heads = [first ?? '', 'Cluster', 'Subscription', ...rest].map(
    (column) => html`<th scope="col" aria-sort="none"><button type="button">${column}</button></th>`,
  );
  return html.join(
    [
      html`<section id="results" data-script hidden aria-labelledby="results-h"><h2 id="results-h">${capital(noun)}s</h2>`,
      html`<form id="filter" role="search" aria-label="Filter ${noun}s and clusters">`,
      html`<label>Text<input type="search" name="text" placeholder="${short}, cluster, finding …" autocomplete="off"></label>`,
      choice(
        'eligibility',
        state,
        inOrder(states, tones).map(({ name }) => [name, name]),
      ),
      choice('check', 'Check', numbered(choices.checks.keys())),
      choice('subscription', 'Subscription', numbered(choices.subscriptionNames)),
      choice('group', groupBy, numbered(choices.groups.keys())),
      html`<div><button type="reset">Clear</button></div></form>`,
      html`<p id="result-status" role="status"></p>`,
      html`<div class="s" tabindex="0" role="region" aria-labelledby="result-caption"><table id="result-table"><caption id="result-caption">${capital(noun)}s that match the filter</caption><thead><tr>${html.join(heads)}</tr></thead><tbody id="result-rows"></tbody></table></div>`,
      pager('pool', `${noun}s`, html`<p id="pool-range"></p>`),
      html`</section>`,
    ],
    '\n',
  );
}

export function clusterPager(): Html {
  return pager('cluster', 'clusters', nothing);
}
