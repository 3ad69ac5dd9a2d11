import type { CheckLevel, Ruleset, Verdict } from '../../model/check.ts';
import type { ClusterFacts, PoolFacts } from './facts.ts';

/** `off`: not required by the rule set; the row is skipped and says so. */
export type Severity = 'fail' | 'warn' | 'off';

/** Options that make the program gather additional facts. */
export type OptionalFacts = '--capacity' | '--network' | '--ignore-file' | '--localdns-config';

interface CheckRecord {
  /** A readable name, stable once released. */
  readonly id: string;
  /** What is true if the check passes. */
  readonly title: string;
  /** What is wrong if the check does not pass, as a heading: `Kubernetes older than 1.31`. */
  readonly problem: string;
  /** The severity of an unmet requirement, by rule set. A `warn` from the judge itself stays a warning. */
  readonly severity: Readonly<Record<Ruleset, Severity>>;
  /** When the requirement began and, if it is no longer valid, when it ended: `2025-07` or `2025-11-10`. */
  readonly since: string;
  readonly until?: string;
  readonly source: { readonly document: string; readonly link: string };
  /**
   * `any-write`: if unmet, Azure rejects every change of the pool, including turning LocalDNS off. `turning-on`: if
   * unmet, it blocks turning LocalDNS on, but not off.
   */
  readonly stops: 'any-write' | 'turning-on';
  /** The check runs only with this option. */
  readonly onlyWith?: OptionalFacts;
  /** Why the requirement exists, in a few sentences. */
  readonly explanation: string;
  /** How to fix it, as text; the verdict has the command. */
  readonly howToFix: string;
}

/** `undefined`: the check does not apply. `fail`: the requirement is not met. */
type ClusterJudge = (facts: ClusterFacts, ruleset: Ruleset) => Verdict | undefined;
type PoolJudge = (facts: PoolFacts, ruleset: Ruleset) => Verdict | undefined;

export type SharedCheck = CheckRecord & { readonly level: Exclude<CheckLevel, 'pool'>; readonly judge: ClusterJudge };
export type PoolCheck = CheckRecord & { readonly level: 'pool'; readonly judge: PoolJudge };
/**
 * A check of the whole scope: its rows come from all clusters together, or from what could not be read, not from
 * judging a single cluster or pool.
 */
export type ScopeCheck = CheckRecord & { readonly level: Exclude<CheckLevel, 'pool'>; readonly judge?: never };
export type Check = SharedCheck | PoolCheck | ScopeCheck;

/** The same under both rule sets. */
export const failsAlways = { preview: 'fail', ga: 'fail' } as const satisfies CheckRecord['severity'];
export const warnsAlways = { preview: 'warn', ga: 'warn' } as const satisfies CheckRecord['severity'];

export const localDnsGuide = {
  document: 'AKS docs, DNS resolution with LocalDNS',
  link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
} as const;
