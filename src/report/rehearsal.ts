import { count, duration } from '../core/text.ts';
import type {
  CacheCount,
  RehearsalDifference,
  RehearsalReport,
  RehearsedAsk,
  RehearsedName,
} from '../usecases/rehearse/index.ts';
import type { RenderOptions, Style } from './format.ts';
import { padded, page, painted, plain, term, trimmed, widest, type Line } from './terminal.ts';

const stepWords: Readonly<Record<RehearsedAsk['step'], string>> = {
  first: 'first',
  again: 'again',
  outage: 'during outage',
  'outage-end': 'end of outage',
  recovered: 'after outage',
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
  changing: 'several addresses are returned in changing order (loadbalance)',
  'as upstream': 'several addresses are returned in the order of the upstream',
};

const header = ['Step', 'Protocol', 'Answer', 'Source', 'Upstream', 'TTL', 'Age', 'Time'] as const;

function cells(ask: RehearsedAsk): readonly string[] {
  const upstream =
    ask.upstream === null ? '-' : `${ask.upstream}${ask.upstreamTransport === null ? '' : ` ${ask.upstreamTransport}`}`;
  return [
    stepWords[ask.step],
    ask.transport,
    ask.rcode === null ? '-' : ask.rcode,
    sourceWords[ask.source],
    upstream,
    ask.ttl === null ? '-' : String(ask.ttl),
    ask.ageSeconds === null ? '-' : `${ask.ageSeconds.toFixed(1)} s`,
    `${String(ask.milliseconds)} ms`,
  ];
}

function table(rows: readonly (readonly string[])[], style: Style): readonly Line[] {
  const widths = header.map((title, column) => widest([title, ...rows.map((row) => row[column] ?? '')]));
  const line = (row: readonly string[]): Line =>
    trimmed(
      term`  ${term.join(
        row.map((cell, column) => padded(cell, widths[column] ?? 0)),
        '  ',
      )}`,
    );
  return [painted(style, 'muted', line(header)), ...rows.map(line)];
}

function nameLines({ name, type, listener, map, zone, asks }: RehearsedName, style: Style): readonly Line[] {
  const block = zone === null ? 'no matching zone' : `zone ${zone}`;
  const rows = asks.map(cells);
  return [
    painted(style, 'heading', `${name} ${type} at ${listener} (${map}), ${block}`),
    ...(rows.length === 0 ? [term`  not queried: the name is too long`] : table(rows, style)),
    term``,
  ];
}

function cacheLine({ listener, asked, bySource, hitRatio }: CacheCount): Line {
  const parts = Object.entries(bySource).flatMap(([source, amount]) =>
    amount === 0 ? [] : [`${String(amount)} ${sourceWords[source as keyof typeof bySource]}`],
  );
  if (asked === 0) return term`  ${listener}  no queries`;
  const ratio = hitRatio === null ? 'no cacheable answers' : `cache hit ratio ${String(Math.round(hitRatio * 100))} %`;
  return term`  ${listener}  ${count(asked, 'query', 'queries')}: ${parts.join(', ')}; ${ratio}`;
}

function differenceLine({ name, map, step, what, explained, seen }: RehearsalDifference): Line {
  return term`  ${name} (${map}, ${stepWords[step]}): ${what} expected ${explained}, observed ${seen}`;
}

/** A rehearsal as text, with a final newline. */
export function rehearsalText(report: RehearsalReport, { style = plain }: RenderOptions = {}): string {
  const { coreDns, template, outageSeconds, upstreams, differences } = report;
  return page([
    `CoreDNS ${coreDns.version} (${coreDns.path})`,
    ...upstreams.map(({ address, standsFor, ttl }) => `Stub for ${address}, ${standsFor}: TTL ${String(ttl)}`),
    `Template ${template.generation}: ${addressOrders[template.addressOrder]}`,
    ...(outageSeconds === null ? [] : [`Outage of all upstreams: ${duration(outageSeconds)}`]),
    '',
    ...report.names.flatMap((name) => nameLines(name, style)),
    painted(style, 'heading', 'Cache'),
    ...report.cache.map(cacheLine),
    '',
    ...(differences.length === 0
      ? ['CoreDNS matches config explain.']
      : [
          painted(
            style,
            'fail',
            `CoreDNS differs from config explain in ${count(differences.length, 'place')}. Please report this.`,
          ),
          ...differences.map(differenceLine),
        ]),
  ]);
}
