import { alertTable } from './alerts.ts';
import { forecastRuleTable, outcomeTable, thresholdTable } from './forecast.ts';

/** Tables for hand-written pages, generated from the program's data, by the name in their mark. */
export function tables(): ReadonlyMap<string, string> {
  return new Map([
    ['alerts', alertTable()],
    ['forecast-rules', forecastRuleTable()],
    ['forecast-thresholds', thresholdTable()],
    ['forecast-outcomes', outcomeTable()],
  ]);
}
