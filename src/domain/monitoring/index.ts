export { alertRules } from './alert-rules.ts';
export { alerts } from './alerts.ts';
export { dashboard } from './dashboard.ts';
export { mergeScrapeConfig, operatorScrapeConfigs, scrapeConfigMap } from './scrape-config.ts';
