import { UsageError } from '../../../core/errors.ts';
import { count, oneLine } from '../../../core/text.ts';
import type { Forecast } from '../../../model/report.ts';
import { poolVersion, type PoolFacts } from '../facts.ts';
import { atLeast, parseVersion, type Version } from '../../../model/kubernetes-version.ts';
import { ownCommand } from '../verdict-parts.ts';
import { forecastRules } from './rules.ts';

/** @throws UsageError if the text is not a Kubernetes version. */
export function requireForecastVersion(text: string, option: string): Version {
  const version = parseVersion(text);
  if (version !== undefined) return version;
  throw new UsageError(`${option}: '${oneLine(text)}' is not a Kubernetes version.`, [`For example: ${option} 1.37`]);
}

/** A pool is never downgraded, so a pool with a newer version keeps it. */
function afterUpgrade(facts: PoolFacts, target: Version): Version {
  const text = poolVersion(facts);
  const now = text === undefined ? undefined : parseVersion(text);
  return now !== undefined && atLeast(now, target.major, target.minor) ? now : target;
}

/** The command that pins the current setting of the pool. */
function pinOf({ pool }: PoolFacts, outcome: Forecast['outcome']): string | undefined {
  if (outcome === 'will-enable' || outcome === 'unknown') return ownCommand(['nodepool', 'disable'], pool.ref);
  if (outcome === 'already-on' && pool.localDns?.mode?.toLowerCase() !== 'required')
    return ownCommand(['nodepool', 'enable'], pool.ref);
  return undefined;
}

/** Pinning changes the profile, so it reimages the nodes like any other change. */
function costOf({ pool }: PoolFacts): string {
  if (pool.count === 0) return 'Pinning it disrupts nothing because it has no nodes.';
  const nodes = pool.count === undefined ? 'its nodes' : pool.count === 1 ? 'its one node' : count(pool.count, 'node');
  return `Pinning it reimages ${nodes}.`;
}

/**
 * Whether AKS turns LocalDNS on automatically once the pool runs `version`. Pure; based on the rules that Azure
 * publishes, without looking into the cluster.
 */
export function forecast(facts: PoolFacts, version: Version): Forecast {
  const after = afterUpgrade(facts, version);
  const target = `${String(version.major)}.${String(version.minor)}`;
  for (const rule of forecastRules) {
    const found = rule.judge(facts, after);
    if (found === undefined) continue;
    const pin = pinOf(facts, found.outcome);
    if (pin === undefined) return { version: target, ...found };
    return { version: target, outcome: found.outcome, reason: `${found.reason} ${costOf(facts)}`, pin };
  }
  throw new Error('The last forecast rule always returns a finding.');
}
