export { forecast, requireForecastVersion } from './forecast.ts';
export { forecastRules, type ForecastRule } from './rules.ts';
export { forecastVersion, thresholdOn, thresholds, type Threshold } from './thresholds.ts';
