import { inOrder, tones, type Subjects } from '../view.ts';

/**
 * The script of the page: filter, sort, paginate. Its data are the readable sections, which it removes from the page
 * and adds back as needed, so that tens of thousands of pools stay fast. It builds no markup from text.
 */
export function script({ noun, states, columns, groupBy }: Subjects): string {
  const group = columns.file.findIndex(({ header }) => header === groupBy);
  const rank = inOrder(states, tones).map(
    ({ name }, index) => `${/^[a-z]+$/.test(name) ? name : JSON.stringify(name)}: ${String(index)}`,
  );
  return `(() => {
'use strict';
const at = (id) => document.getElementById(id);
const home = at('cluster-list');
const words = (n, one) => n.toLocaleString('en-US') + ' ' + one + (n === 1 ? '' : 's');
const rowsAPage = 50, clustersAPage = 25, clustersPrinted = 500;
const rank = { ${rank.join(', ')} };
const groupColumn = ${String(group === -1 ? -1 : 3 + group)}, stateColumn = 3;
const pools = [];
const clusters = [...home.children].map((section) => {
  // By position, not by class: a class query inside each of ten thousand sections would walk the whole page each time.
  const summary = section.firstElementChild;
  const own = new Map();
  let shared = '';
  for (const item of section.querySelectorAll('li[data-status]')) {
    const pool = item.dataset.p;
    if (pool === undefined) shared += '\\n' + item.textContent;
    else own.set(pool, (own.get(pool) || '') + '\\n' + item.textContent);
  }
  const cluster = { section, s: section.dataset.s, name: summary.firstElementChild.textContent, about: summary.lastElementChild.firstElementChild.textContent, text: '', empty: true, hit: false, seen: false };
  cluster.text = (summary.textContent + shared).toLowerCase();
  for (const row of section.querySelectorAll('tr[data-e]')) {
    cluster.empty = false;
    const { e, c, g } = row.dataset;
    pools.push({ row, cluster, e, c: c ? ' ' + c + ' ' : '', g, text: (row.textContent + (own.get(row.cells[0].textContent) || '')).toLowerCase() });
  }
  return cluster;
});
const form = at('filter'), body = at('result-rows'), heads = [...document.querySelectorAll('#result-table thead th')];
let order = pools, shown = pools, shownClusters = clusters, poolPage = 0, clusterPage = 0;

const cellText = (pool, column) => {
  if (column === 0) return pool.row.cells[0].textContent;
  if (column === 1) return pool.cluster.name;
  if (column === 2) return pool.cluster.about;
  if (column === stateColumn) return String(rank[pool.e]);
  return pool.row.cells[column - 2].textContent;
};
const natural = (text) => text.toLowerCase().replace(/\\d+/g, (digits) => digits.padStart(9, '0'));
let sorted = '';
const sortBy = (column, descending) => {
  const wanted = column === stateColumn && !descending ? '' : (descending ? '-' : '') + heads[column].textContent;
  if (order !== pools && sorted === wanted) return;
  sorted = wanted;
  for (const [index, head] of heads.entries()) head.setAttribute('aria-sort', index !== column ? 'none' : descending ? 'descending' : 'ascending');
  const keyed = pools.map((pool) => ({ pool, key: natural(cellText(pool, column)) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  order = keyed.map((item) => item.pool);
};

// A long name is shortened in the middle, because names mostly differ at the end. Copying it gives the full name.
const named = (text) => {
  const parts = [text.slice(0, -12), text.slice(-12)].filter((part) => part !== '').map((part) => {
    const span = document.createElement('span');
    span.textContent = part;
    return span;
  });
  const whole = document.createElement('span');
  whole.className = 'mid';
  whole.title = text;
  whole.append(...parts);
  return whole;
};
const drawPools = () => {
  const from = poolPage * rowsAPage;
  body.replaceChildren(...shown.slice(from, from + rowsAPage).map((pool) => {
    const row = pool.row.cloneNode(true);
    const cell = document.createElement('td'), link = document.createElement('a'), about = document.createElement('td');
    link.href = '#' + pool.cluster.section.id;
    link.append(named(pool.cluster.name));
    cell.append(link);
    about.append(named(pool.cluster.about));
    if (groupColumn !== -1) row.cells[groupColumn].replaceChildren(named(row.cells[groupColumn].textContent));
    row.cells[0].after(cell, about);
    return row;
  }));
  const to = Math.min(from + rowsAPage, shown.length);
  at('pool-range').textContent = shown.length === 0 ? 'No matching ${noun}s.' : 'Rows ' + (from + 1).toLocaleString('en-US') + ' to ' + to.toLocaleString('en-US') + ' of ' + shown.length.toLocaleString('en-US');
  at('pool-back').disabled = poolPage === 0;
  at('pool-on').disabled = to >= shown.length;
};
const drawClusters = () => {
  const from = clusterPage * clustersAPage;
  const to = Math.min(from + clustersAPage, shownClusters.length);
  home.replaceChildren(...shownClusters.slice(from, to).map((cluster) => cluster.section));
  at('cluster-status').textContent = shownClusters.length === 0 ? 'No matching clusters.' : 'Clusters ' + (from + 1).toLocaleString('en-US') + ' to ' + to.toLocaleString('en-US') + ' of ' + shownClusters.length.toLocaleString('en-US') + ', most urgent first.';
  at('cluster-back').disabled = clusterPage === 0;
  at('cluster-on').disabled = to >= shownClusters.length;
};
const filter = () => {
  const text = form.elements.text.value.trim().toLowerCase();
  const value = (name) => (form.elements[name] ? form.elements[name].value : '');
  const e = value('eligibility'), check = value('check'), s = value('subscription'), g = value('group');
  const c = check === '' ? '' : ' ' + check + ' ';
  for (const cluster of clusters) {
    cluster.hit = text === '' || cluster.text.includes(text);
    cluster.seen = cluster.empty && cluster.hit && e === '' && c === '' && g === '' && (s === '' || cluster.s === s);
  }
  shown = order.filter((pool) => {
    const fits = (e === '' || pool.e === e) && (s === '' || pool.cluster.s === s) && (g === '' || pool.g === g) && (c === '' || pool.c.includes(c)) && (pool.cluster.hit || pool.text.includes(text));
    if (fits) pool.cluster.seen = true;
    return fits;
  });
  shownClusters = clusters.filter((cluster) => cluster.seen);
  poolPage = 0;
  clusterPage = 0;
  drawPools();
  drawClusters();
  at('result-status').textContent = words(shown.length, '${noun}') + ' of ' + pools.length.toLocaleString('en-US') + ', in ' + words(shownClusters.length, 'cluster') + ' of ' + clusters.length.toLocaleString('en-US');
};

// The address holds the current view, so that it can be shared, reloaded and revisited.
const fields = ['text', 'eligibility', 'check', 'subscription', 'group'].filter((name) => form.elements[name]);
let typing = false;
const address = (place) => {
  const words = new URLSearchParams();
  for (const name of fields) {
    const { value, selectedOptions } = form.elements[name];
    if (value !== '') words.set(name, selectedOptions ? selectedOptions[0].textContent : value);
  }
  if (sorted !== '') words.set('sort', sorted);
  if (words.toString() === '') return place;
  if (place !== '') words.set('at', place);
  return words.toString();
};
const wanted = () => new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : { at: location.hash.slice(1) });
/** Letters typed in a row make one step of the history. */
const save = (place, isTyping) => {
  const next = address(place);
  const step = isTyping && typing ? 'replaceState' : 'pushState';
  typing = isTyping;
  try {
    if ('#' + next !== (location.hash || '#')) history[step](null, '', next === '' ? location.href.split('#')[0] : '#' + next);
  } catch {
    // Some viewers give the page no address; everything else works.
  }
};
const visit = (id) => {
  const place = clusters.findIndex((cluster) => cluster.section.id === id);
  if (place === -1) return false;
  const cluster = clusters[place];
  if (!shownClusters.includes(cluster)) {
    form.reset();
    filter();
  }
  clusterPage = Math.floor(shownClusters.indexOf(cluster) / clustersAPage);
  drawClusters();
  cluster.section.open = true;
  cluster.section.scrollIntoView();
  cluster.section.firstElementChild.focus();
  return true;
};
const go = (id) => {
  const part = at(id);
  if (visit(id) || !part) return;
  part.scrollIntoView();
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
};
const restore = (isFirst) => {
  const words = wanted(), place = words.get('at') || '';
  typing = false;
  const before = address('');
  for (const name of fields) {
    const field = form.elements[name], word = words.get(name) || '';
    const option = field.options && [...field.options].slice(1).find((each) => each.textContent === word);
    field.value = field.options ? (option ? option.value : '') : word;
  }
  const sort = words.get('sort') || '';
  const column = heads.findIndex((head) => head.textContent === sort.replace('-', ''));
  sortBy(column === -1 ? stateColumn : column, column !== -1 && sort.startsWith('-'));
  if (isFirst || address('') !== before) filter();
  if (place !== '') go(place);
};

for (const [column, head] of heads.entries()) {
  head.querySelector('button').addEventListener('click', () => {
    sortBy(column, head.getAttribute('aria-sort') === 'ascending');
    filter();
    save('', false);
  });
}
form.addEventListener('input', (event) => {
  filter();
  save('', event.target.name === 'text');
});
form.addEventListener('reset', () => setTimeout(() => {
  filter();
  save('', false);
}));
form.addEventListener('submit', (event) => event.preventDefault());
at('pool-back').addEventListener('click', () => { poolPage -= 1; drawPools(); });
at('pool-on').addEventListener('click', () => { poolPage += 1; drawPools(); });
at('cluster-back').addEventListener('click', () => { clusterPage -= 1; drawClusters(); });
at('cluster-on').addEventListener('click', () => { clusterPage += 1; drawClusters(); });
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  const id = link.getAttribute('href').slice(1);
  go(id);
  save(id, false);
  event.preventDefault();
});
addEventListener('hashchange', () => restore(false));
let opened = [];
addEventListener('beforeprint', () => {
  const printed = shownClusters.slice(0, clustersPrinted);
  home.replaceChildren(...printed.map((cluster) => cluster.section));
  opened = printed.filter((cluster) => !cluster.section.open);
  for (const cluster of opened) cluster.section.open = true;
  at('cluster-status').textContent = printed.length < shownClusters.length ? 'Printed: the ' + words(printed.length, 'cluster') + ' that most urgent of ' + shownClusters.length.toLocaleString('en-US') + '; filter to print others.' : words(printed.length, 'cluster') + ', most urgent first.';
});
addEventListener('afterprint', () => {
  for (const cluster of opened) cluster.section.open = false;
  drawClusters();
});
for (const part of document.querySelectorAll('[data-script]')) part.hidden = false;
restore(true);
})();`;
}
