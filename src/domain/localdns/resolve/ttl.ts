/** What an upstream can answer, as the cache tells it apart. Source: CoreDNS, plugin/pkg/response/typify.go. */
export const answerKinds = [
  'answer',
  'negative',
  'empty',
  'negative-without-soa',
  'failure',
  'other-code',
  'truncated',
] as const;
/**
 * `answer`: records. `negative`: NXDOMAIN or NODATA with an SOA record. `empty`: NOERROR without any record.
 * `negative-without-soa`: NXDOMAIN without one. `failure`: SERVFAIL or NOTIMP. `other-code`: REFUSED and the rest.
 */
export type AnswerKind = (typeof answerKinds)[number];

export interface TtlInput {
  /**
   * The smallest TTL over all records of the answer; of a negative one that is mostly the SOA record's own (not its
   * MINIMUM).
   */
  readonly upstreamTtl: number;
  /** `cacheDurationInSeconds`. */
  readonly cacheDuration: number;
  readonly answer?: AnswerKind | undefined;
  readonly coreDnsVersion?: string | undefined;
}

/** What node images ship. Source: AgentBaker, parts/common/components.json. */
export const defaultCoreDnsVersion = '1.14.3';

const floorSeconds = 5;
const oldCapSeconds = 3600;

const cached: Readonly<Record<AnswerKind, boolean>> = {
  answer: true,
  negative: true,
  empty: true,
  'negative-without-soa': false,
  failure: false,
  'other-code': false,
  truncated: false,
};

/**
 * For how many seconds the node keeps an answer, which is also the TTL that it gives; 0 for what is not kept. Up to
 * 1.14.3 CoreDNS looks for the smallest TTL from one hour downwards, so that a longer cache duration does nothing.
 * Source: CoreDNS, plugin/cache/cache.go (computeTTL), plugin/pkg/dnsutil/ttl.go; coredns pull request 8134.
 */
export function cachedTtl({
  upstreamTtl,
  cacheDuration,
  answer = 'answer',
  coreDnsVersion = defaultCoreDnsVersion,
}: TtlInput): number {
  if (!cached[answer]) return 0;
  const seen =
    answer === 'empty'
      ? floorSeconds
      : Math.min(upstreamTtl, isNewerThan(coreDnsVersion, [1, 14, 3]) ? Infinity : oldCapSeconds);
  return Math.min(Math.max(seen, floorSeconds), cacheDuration);
}

type Version = readonly [number, number, number];

function parsed(version: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compared(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** A version that cannot be read counts as an old one. */
export function isNewerThan(version: string, than: Version): boolean {
  const given = parsed(version);
  return given !== undefined && compared(given, than) > 0;
}

/**
 * From 1.14.3 on one refresh of an entry runs at a time; before, one for each query. Source: CoreDNS,
 * plugin/cache/handler.go, tryPrefetch.
 */
export function refreshesOnce(coreDnsVersion: string): boolean {
  return isNewerThan(coreDnsVersion, [1, 14, 2]);
}
