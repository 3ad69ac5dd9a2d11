/** The kinds of upstream answers that the cache distinguishes. Source: CoreDNS, plugin/pkg/response/typify.go. */
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
 * `negative-without-soa`: NXDOMAIN without an SOA record. `failure`: SERVFAIL or NOTIMP. `other-code`: REFUSED and
 * other codes.
 */
export type AnswerKind = (typeof answerKinds)[number];

export interface TtlInput {
  /**
   * The minimum TTL of all records in the answer; in a negative answer, usually the TTL of the SOA record (not its
   * MINIMUM).
   */
  readonly upstreamTtl: number;
  /** `cacheDurationInSeconds`. */
  readonly cacheDuration: number;
  readonly answer?: AnswerKind | undefined;
  readonly coreDnsVersion?: string | undefined;
}

/** The version in current node images. Source: AgentBaker, parts/common/components.json. */
export const defaultCoreDnsVersion = '1.14.3';

const minTtlSeconds = 5;
const oldMaxTtlSeconds = 3600;

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
 * How many seconds the node caches an answer, which is also the TTL that it returns; 0 if it is not cached. Up to
 * 1.14.3, CoreDNS limits the TTL to one hour, so a longer cache duration has no effect. Source: CoreDNS,
 * plugin/cache/cache.go (computeTTL), plugin/pkg/dnsutil/ttl.go; coredns pull request 8134.
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
      ? minTtlSeconds
      : Math.min(upstreamTtl, isNewerThan(coreDnsVersion, [1, 14, 3]) ? Infinity : oldMaxTtlSeconds);
  return Math.min(Math.max(seen, minTtlSeconds), cacheDuration);
}

type Version = readonly [number, number, number];

function parsed(version: string): Version | undefined {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

function compared(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** A version that cannot be parsed counts as older. */
export function isNewerThan(version: string, than: Version): boolean {
  const given = parsed(version);
  return given !== undefined && compared(given, than) > 0;
}

/**
 * From 1.14.3 on, an entry has one refresh at a time; before that, one for each query. Source: CoreDNS,
 * plugin/cache/handler.go, tryPrefetch.
 */
export function refreshesOnce(coreDnsVersion: string): boolean {
  return isNewerThan(coreDnsVersion, [1, 14, 2]);
}
