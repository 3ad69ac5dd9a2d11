import { forecastRules, thresholds } from '../../src/domain/checks/forecast/index.ts';
import { forecastMeanings } from '../../src/report/prerequisites.ts';
import type { Forecast } from '../../src/model/report.ts';
import { table } from './table.ts';

interface Meaning {
  readonly asks: string;
  /** The outcomes that the rule can give. */
  readonly gives: readonly Forecast['outcome'][];
}

/** What a reader needs to know of each rule; that none is missing and none is left over is checked below. */
const meanings: Readonly<Record<string, Meaning>> = {
  'already-on': { asks: 'LocalDNS is on: the state is Enabled.', gives: ['already-on'] },
  excluded: { asks: 'The pool can never have it: Windows or Gateway; a mode that no source explains is unknown.', gives: ['will-not', 'unknown'] },
  'availability-set': { asks: 'The pool is an availability set.', gives: ['will-not'] },
  'explicit-profile': { asks: 'The stored profile has mode `Disabled` or `Required`.', gives: ['pinned'] },
  threshold: { asks: 'The version of the pool after the upgrade is below the threshold in force, or there is none.', gives: ['will-not'] },
  'own-network-plugin': { asks: 'The cluster brings its own network plugin (`networkPlugin: none`).', gives: ['will-not'] },
  'cluster-kind': { asks: 'AKS Automatic (`sku.name`): pools get LocalDNS when they are made, and not at an upgrade. A kind that no source names is unknown; the price tier does not matter.', gives: ['will-not', 'unknown'] },
  prerequisites: { asks: 'A size has too few vCPUs, or the operating system is too old: what AKS looks at itself.', gives: ['will-not'] },
  'past-threshold': { asks: 'The pool runs the threshold in force already, and is off: a compatibility check failed, or its region lags.', gives: ['will-not'] },
  'version-not-offered': { asks: 'AKS is not known to offer the version, and refuses the upgrade.', gives: ['unknown'] },
  'os-sku-ends': { asks: 'The OS SKU ends before the version (`AzureLinux3` and `Ubuntu2204` with 1.36), and AKS refuses the upgrade.', gives: ['unknown'] },
  'cluster-not-known': { asks: 'The cluster could not be read; the rules from here on ask about it.', gives: ['unknown'] },
  'network-policies': { asks: 'The cluster has an engine for network policies. Whether there are policies, Azure does not show.', gives: ['unknown'] },
  'prerequisites-not-known': { asks: 'Sizes or operating system could not be evaluated.', gives: ['unknown'] },
  'turns-on': { asks: 'Nothing above had anything to say: no profile, or one of mode `Preferred`, which AKS resolves the same way.', gives: ['will-enable'] },
};

/** @throws Error where a rule has no meaning here, or a meaning no rule. */
export function forecastRuleTable(): string {
  const ids = new Set(forecastRules.map(({ id }) => id));
  const orphans = Object.keys(meanings).filter((id) => !ids.has(id));
  if (orphans.length > 0) throw new Error(`The forecast has no rule called ${orphans.join(', ')}.`);
  return table(
    ['', 'Rule', 'Where it holds', 'Forecast', 'Since', 'Source'],
    forecastRules.map(({ id, since, source }, index) => {
      const meaning = meanings[id];
      if (meaning === undefined) throw new Error(`scripts/docs/forecast.ts does not say what the rule ${id} asks.`);
      return [String(index + 1), id, meaning.asks, meaning.gives.join(', '), since, `[${source.document}](${source.link})`];
    }),
  );
}

/** What was said about the version, in the order in which it was said. */
export function thresholdTable(): string {
  return table(
    ['Said on', 'LocalDNS turns on by itself', 'Where'],
    thresholds.map(({ since, version, source }) => [
      since,
      version === undefined ? 'not at all, for the time being' : `from Kubernetes ${String(version.major)}.${String(version.minor)} on`,
      `[${source.document}](${source.link})`,
    ]),
  );
}

export function outcomeTable(): string {
  return table(['Forecast', 'What it says'], Object.entries(forecastMeanings).map(([outcome, meaning]) => [outcome, `${meaning[0]?.toUpperCase() ?? ''}${meaning.slice(1)}.`]));
}
