import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import { connectionScenarios } from './connection.ts';
import { fleetScenarios } from './fleet.ts';
import { kubernetesScenarios } from './kubernetes.ts';
import { operationScenarios } from './operation-outcomes.ts';
import { concurrentChangeScenarios } from './concurrent-changes.ts';
import { refusalScenarios } from './refusals.ts';
import { registrationScenarios } from './registration.ts';
import type { ScenarioRecord } from './scenario.ts';
import { throttlingScenarios } from './throttling.ts';

/** Every scenario, in the order of the documentation. */
export const scenarios: readonly ScenarioRecord[] = [
  ...throttlingScenarios,
  ...concurrentChangeScenarios,
  ...connectionScenarios,
  ...operationScenarios,
  ...refusalScenarios,
  ...registrationScenarios,
  ...fleetScenarios,
  ...kubernetesScenarios,
];

/** @throws UsageError with the nearest name. */
export function scenarioNamed(name: string): ScenarioRecord {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    scenarios.map((scenario) => scenario.name),
  );
  throw new UsageError(
    `There is no scenario '${oneLine(name)}'.`,
    near === undefined ? [] : [`Did you mean '${near}'?`],
  );
}
