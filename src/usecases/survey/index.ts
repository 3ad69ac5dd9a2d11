export { exitFor } from './exit.ts';
export type { PoolSurveyOptions, SurveyOptions } from './options.ts';
export { surveyCluster } from './survey-cluster.ts';
export { surveyPool } from './survey-pool.ts';
