import { UsageError } from '../../../core/errors.ts';
import { count, oneLine } from '../../../core/text.ts';
import type { Forecast } from '../../../model/report.ts';
import { poolVersion, type PoolFacts } from '../facts.ts';
import { atLeast, parseVersion, type Version } from '../../../model/kubernetes-version.ts';
import { ours } from '../verdict-parts.ts';
import { forecastRules } from './rules.ts';

/** @throws UsageError if it is no Kubernetes version. */
export function requireForecastVersion(text: string, option: string): Version {
  const version = parseVersion(text);
  if (version !== undefined) return version;
  throw new UsageError(`${option}: '${oneLine(text)}' is not a Kubernetes version.`, [`Write it as ${option} 1.37.`]);
}

/** A pool never goes back: one that is further already is judged as it is. */
function afterUpgrade(facts: PoolFacts, wanted: Version): Version {
  const text = poolVersion(facts);
  const now = text === undefined ? undefined : parseVersion(text);
  return now !== undefined && atLeast(now, wanted.major, wanted.minor) ? now : wanted;
}

/** The line that keeps the pool as it is. */
function pinOf({ pool }: PoolFacts, outcome: Forecast['outcome']): string | undefined {
  if (outcome === 'will-enable' || outcome === 'unknown') return ours(['nodepool', 'disable'], pool.ref);
  if (outcome === 'already-on' && pool.localDns?.mode?.toLowerCase() !== 'required')
    return ours(['nodepool', 'enable'], pool.ref);
  return undefined;
}

/** Pinning changes the profile, and so reimages like any other change of it. */
function costOf({ pool }: PoolFacts): string {
  if (pool.count === 0) return 'Pinning it costs nothing: it has no nodes to reimage.';
  const nodes = pool.count === undefined ? 'its nodes' : pool.count === 1 ? 'its one node' : count(pool.count, 'node');
  return `Pinning it reimages ${nodes}.`;
}

/**
 * Whether the pool will have LocalDNS by itself once it runs `version`. Pure; by the rules that Azure publishes,
 * without a look into the cluster.
 */
export function forecast(facts: PoolFacts, version: Version): Forecast {
  const after = afterUpgrade(facts, version);
  const wanted = `${String(version.major)}.${String(version.minor)}`;
  for (const rule of forecastRules) {
    const found = rule.judge(facts, after);
    if (found === undefined) continue;
    const pin = pinOf(facts, found.outcome);
    if (pin === undefined) return { version: wanted, ...found };
    return { version: wanted, outcome: found.outcome, reason: `${found.reason} ${costOf(facts)}`, pin };
  }
  throw new Error('The last rule of the forecast always says something.');
}
