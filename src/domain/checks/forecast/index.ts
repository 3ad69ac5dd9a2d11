export { forecast, requireForecastVersion } from './forecast.ts';
export { forecastRules } from './rules.ts';
export { thresholds } from './thresholds.ts';
