export { exitFor } from './exit.ts';
export type { FactsPage, FactsSource } from './facts-source.ts';
export { clusterSource, type ClusterQuery } from './gather-cluster.ts';
export { fleetSource, type FleetQuery } from './gather-fleet.ts';
export { readFacts } from './facts-file/read.ts';
export { FactsLines } from './facts-file/write.ts';
export type { GatherOptions, IgnoreFile, PoolSurveyOptions, SurveyOptions } from './options.ts';
export { survey } from './survey.ts';
export { surveyPool } from './survey-pool.ts';
