import { UsageError } from '../../core/errors.ts';
import { nearest, oneLine } from '../../core/text.ts';
import type { ScenarioRecord } from './scenario.ts';

export const scenarios: readonly ScenarioRecord[] = [];

export function scenarioNamed(name: string): ScenarioRecord {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const near = nearest(name, scenarios.map((scenario) => scenario.name));
  throw new UsageError(`There is no scenario '${oneLine(name)}'.`, near === undefined ? [] : [`Did you mean '${near}'?`]);
}
