import type { CheckLevel, Ruleset, Verdict } from '../../model/check.ts';
import type { ClusterFacts, PoolFacts } from './facts.ts';

/** `off`: the rule set does not ask for it; the row is skipped and says so. */
export type Severity = 'fail' | 'warn' | 'off';

/** Options that bring facts which are not gathered otherwise. */
export type OptionalFacts = '--capacity' | '--network' | '--ignore-file' | '--localdns-config';

interface CheckRecord {
  /** Readable, and stable once released. */
  readonly id: string;
  /** What holds where the check passes. */
  readonly title: string;
  /** The condition under which it does not pass, as a heading over a number: `Kubernetes older than 1.31`. */
  readonly problem: string;
  /** What a requirement that does not hold counts as, by rule set. A judge's own `warn` stays a warning. */
  readonly severity: Readonly<Record<Ruleset, Severity>>;
  /** When the requirement began, and where it is history when it ended: `2025-07` or `2025-11-10`. */
  readonly since: string;
  readonly until?: string;
  readonly source: { readonly document: string; readonly link: string };
  /**
   * `any-write`: Azure takes no change of the pool where it does not hold, turning LocalDNS off included.
   * `turning-on`: it stands in the way of LocalDNS, never of turning it off.
   */
  readonly stops: 'any-write' | 'turning-on';
  /** The option without which it is not judged. */
  readonly onlyWith?: OptionalFacts;
  /** Why it is asked for, in a few sentences. */
  readonly explanation: string;
  /** How to fix it, in words; the verdict carries the command. */
  readonly howToFix: string;
}

/** `undefined`: there is nothing to judge here. `fail` means that the requirement does not hold. */
type ClusterJudge = (facts: ClusterFacts, ruleset: Ruleset) => Verdict | undefined;
type PoolJudge = (facts: PoolFacts, ruleset: Ruleset) => Verdict | undefined;

export type SharedCheck = CheckRecord & { readonly level: Exclude<CheckLevel, 'pool'>; readonly judge: ClusterJudge };
export type PoolCheck = CheckRecord & { readonly level: 'pool'; readonly judge: PoolJudge };
/**
 * Of the scope as a whole: its rows are made once all is seen, or of what could not be read, and not by judging one
 * cluster or pool.
 */
export type ScopeCheck = CheckRecord & { readonly level: Exclude<CheckLevel, 'pool'>; readonly judge?: never };
export type Check = SharedCheck | PoolCheck | ScopeCheck;

/** Both rule sets alike. */
export const failsAlways = { preview: 'fail', ga: 'fail' } as const satisfies CheckRecord['severity'];
export const warnsAlways = { preview: 'warn', ga: 'warn' } as const satisfies CheckRecord['severity'];

export const localDnsGuide = {
  document: 'AKS docs, DNS resolution with LocalDNS',
  link: 'https://learn.microsoft.com/azure/aks/localdns-custom',
} as const;
