export { forecast, requireForecastVersion } from './forecast.ts';
export { forecastRules } from './rules.ts';
export { forecastVersion, thresholdOn, thresholds } from './thresholds.ts';
