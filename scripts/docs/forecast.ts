import { forecastRules, thresholds } from '../../src/domain/checks/forecast/index.ts';
import { forecastMeanings } from '../../src/report/prerequisites.ts';
import type { Forecast } from '../../src/model/report.ts';
import { table } from './table.ts';

interface Meaning {
  readonly condition: string;
  /** The possible outcomes of the rule. */
  readonly outcomes: readonly Forecast['outcome'][];
}

/** The description of each rule; the table below requires exactly one per rule. */
const meanings: Readonly<Record<string, Meaning>> = {
  'already-on': { condition: 'LocalDNS is on: the state is Enabled.', outcomes: ['already-on'] },
  excluded: { condition: 'The pool can never have LocalDNS: Windows or Gateway. An undocumented pool mode is unknown.', outcomes: ['will-not', 'unknown'] },
  'availability-set': { condition: 'The pool is an availability set.', outcomes: ['will-not'] },
  'explicit-profile': { condition: 'The stored profile has mode `Disabled` or `Required`.', outcomes: ['pinned'] },
  threshold: { condition: 'The version of the pool after the upgrade is below the threshold in force, or there is none.', outcomes: ['will-not'] },
  'own-network-plugin': { condition: 'The cluster uses its own network plugin (`networkPlugin: none`).', outcomes: ['will-not'] },
  'cluster-kind': { condition: 'AKS Automatic (`sku.name`): pools get LocalDNS when they are created, not at an upgrade. An undocumented kind is unknown; the price tier does not matter.', outcomes: ['will-not', 'unknown'] },
  prerequisites: { condition: 'A size has too few vCPUs, or the operating system is too old; AKS checks both.', outcomes: ['will-not'] },
  'past-threshold': { condition: 'The pool already runs the threshold version or a newer one, but LocalDNS is off: a compatibility check failed, or the change is not available in the region yet.', outcomes: ['will-not'] },
  'version-not-offered': { condition: 'AKS is not known to offer the version, so it rejects the upgrade.', outcomes: ['unknown'] },
  'os-sku-ends': { condition: 'The OS SKU ends before the version (`AzureLinux3` and `Ubuntu2204` with 1.36), so AKS rejects the upgrade.', outcomes: ['unknown'] },
  'cluster-not-known': { condition: 'The cluster could not be read; the following rules depend on it.', outcomes: ['unknown'] },
  'network-policies': { condition: 'The cluster has a network policy engine, and Azure does not show whether there are policies.', outcomes: ['unknown'] },
  'prerequisites-not-known': { condition: 'The VM sizes or the operating system could not be evaluated.', outcomes: ['unknown'] },
  'turns-on': { condition: 'None of the above: no profile, or one with mode `Preferred`, which AKS treats the same way.', outcomes: ['will-enable'] },
};

/** @throws Error if a rule has no description, or a description no rule. */
export function forecastRuleTable(): string {
  const ids = new Set(forecastRules.map(({ id }) => id));
  const orphans = Object.keys(meanings).filter((id) => !ids.has(id));
  if (orphans.length > 0) throw new Error(`The forecast has no rule ${orphans.join(', ')}.`);
  return table(
    ['', 'Rule', 'Condition', 'Forecast', 'Since', 'Source'],
    forecastRules.map(({ id, since, source }, index) => {
      const meaning = meanings[id];
      if (meaning === undefined) throw new Error(`scripts/docs/forecast.ts has no description for the rule ${id}.`);
      return [String(index + 1), id, meaning.condition, meaning.outcomes.join(', '), since, `[${source.document}](${source.link})`];
    }),
  );
}

/** The announcements about the version, in order. */
export function thresholdTable(): string {
  return table(
    ['Announced on', 'LocalDNS is turned on automatically', 'Source'],
    thresholds.map(({ since, version, source }) => [
      since,
      version === undefined ? 'for now, not at all' : `from Kubernetes ${String(version.major)}.${String(version.minor)} on`,
      `[${source.document}](${source.link})`,
    ]),
  );
}

export function outcomeTable(): string {
  return table(['Forecast', 'Meaning'], Object.entries(forecastMeanings).map(([outcome, meaning]) => [outcome, `${meaning[0]?.toUpperCase() ?? ''}${meaning.slice(1)}.`]));
}
