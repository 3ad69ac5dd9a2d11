import { forecastRules, thresholds } from '../../src/domain/checks/forecast/index.ts';
import { forecastMeanings } from '../../src/report/words.ts';
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
  'explicit-profile': { asks: 'The stored profile has mode `Disabled` or `Required`.', gives: ['pinned'] },
  threshold: { asks: 'The version of the pool after the upgrade is below the threshold in force, or there is none.', gives: ['will-not'] },
  'own-network-plugin': { asks: 'The cluster brings its own network plugin (`networkPlugin: none`).', gives: ['will-not'] },
  automatic: { asks: 'AKS Automatic: pools get LocalDNS when they are made, and not at an upgrade.', gives: ['will-not'] },
  prerequisites: { asks: 'A size has too few vCPUs, or the operating system is too old: what AKS looks at itself.', gives: ['will-not'] },
  'cluster-not-known': { asks: 'The cluster could not be read; the rules from here on ask about it.', gives: ['unknown'] },
  'network-policies': { asks: 'The cluster has an engine for network policies. Whether there are policies, Azure does not show.', gives: ['unknown'] },
  preferred: { asks: 'The stored profile has mode `Preferred` or another that leaves it to AKS; the sources disagree.', gives: ['unknown'] },
  tier: { asks: 'The tier of the cluster is not Standard, and the release notes speak of Standard alone.', gives: ['unknown'] },
  'prerequisites-not-known': { asks: 'Sizes or operating system could not be evaluated.', gives: ['unknown'] },
  'turns-on': { asks: 'Nothing above had anything to say.', gives: ['will-enable'] },
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
