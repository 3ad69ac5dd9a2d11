import { count, duration, oneLine } from '../core/text.ts';
import type {
  CacheCount,
  RehearsalDifference,
  RehearsalReport,
  RehearsedAsk,
  RehearsedName,
} from '../usecases/rehearse/index.ts';
import type { RenderOptions, Style } from './format.ts';

const stepWords: Readonly<Record<RehearsedAsk['step'], string>> = {
  first: 'first',
  again: 'again',
  outage: 'in the outage',
  'outage-end': 'at its end',
  recovered: 'just after it',
  settled: 'later',
};

const sourceWords: Readonly<Record<RehearsedAsk['source'], string>> = {
  upstream: 'upstream',
  cache: 'cache',
  stale: 'stale',
  node: 'node',
  failed: 'failed',
  nothing: 'no answer',
};

const addressOrders: Readonly<Record<RehearsalReport['template']['addressOrder'], string>> = {
  changing: 'answers with several addresses come in changing order (loadbalance)',
  'as upstream': 'answers with several addresses come in the order that the upstream gave',
};

const header = ['Asked', 'Over', 'Answer', 'From', 'Upstream', 'TTL', 'Age', 'Took'] as const;

function cells(ask: RehearsedAsk): readonly string[] {
  const upstream =
    ask.upstream === null
      ? '-'
      : `${oneLine(ask.upstream)}${ask.upstreamTransport === null ? '' : ` ${ask.upstreamTransport}`}`;
  return [
    stepWords[ask.step],
    ask.transport,
    ask.rcode === null ? '-' : oneLine(ask.rcode),
    sourceWords[ask.source],
    upstream,
    ask.ttl === null ? '-' : String(ask.ttl),
    ask.ageSeconds === null ? '-' : `${ask.ageSeconds.toFixed(1)} s`,
    `${String(ask.milliseconds)} ms`,
  ];
}

function table(rows: readonly (readonly string[])[], style: Style): readonly string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [style('muted', line(header)), ...rows.map(line)];
}

function nameLines(name: RehearsedName, style: Style): readonly string[] {
  const block = name.zone === null ? 'no zone takes it' : `zone ${oneLine(name.zone)}`;
  const rows = name.asks.map(cells);
  return [
    style('heading', `${oneLine(name.name)} ${name.type} at ${name.listener} (${name.map}), ${block}`),
    ...(rows.length === 0 ? ['  not asked: it is too long for a name'] : table(rows, style)),
    '',
  ];
}

function cacheLine({ listener, asked, bySource, hitRatio }: CacheCount): string {
  const parts = Object.entries(bySource).flatMap(([source, amount]) =>
    amount === 0 ? [] : [`${String(amount)} ${sourceWords[source as keyof typeof bySource]}`],
  );
  if (asked === 0) return `  ${listener}  0 questions: none asked`;
  const ratio =
    hitRatio === null ? 'nothing that a cache could answer' : `cache hit ratio ${String(Math.round(hitRatio * 100))} %`;
  return `  ${listener}  ${count(asked, 'question')}: ${parts.join(', ')}; ${ratio}`;
}

function differenceLine({ name, map, step, what, explained, seen }: RehearsalDifference): string {
  return `  ${oneLine(name)} (${map}, ${stepWords[step]}): ${what} explained as ${oneLine(explained)}, seen as ${oneLine(seen)}`;
}

const plain: Style = (_, text) => text;

/** A rehearsal as text for people, with its final newline. */
export function rehearsalText(report: RehearsalReport, options: RenderOptions = {}): string {
  const style = options.style ?? plain;
  const { coreDns, template, outageSeconds, upstreams, differences } = report;
  const lines = [
    `CoreDNS ${oneLine(coreDns.version)} (${oneLine(coreDns.path)})`,
    ...upstreams.map(({ address, standsFor, ttl }) => `Stub for ${oneLine(address)}, ${standsFor}: TTL ${String(ttl)}`),
    `Template ${template.generation}: ${addressOrders[template.addressOrder]}`,
    ...(outageSeconds === null ? [] : [`Outage of all upstreams: ${duration(outageSeconds)}`]),
    '',
    ...report.names.flatMap((name) => nameLines(name, style)),
    style('heading', 'Cache'),
    ...report.cache.map(cacheLine),
    '',
    ...(differences.length === 0
      ? ['All is as config explain says it.']
      : [
          style('fail', `Not as config explain says it: ${count(differences.length, 'difference')}. Please report it.`),
          ...differences.map(differenceLine),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
