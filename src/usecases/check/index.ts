export { exitCodeFor } from './exit-code.ts';
export type { FactsSource } from './facts-source.ts';
export { scopeSource } from './gather-scope.ts';
export { readFacts } from './facts-file/facts-reader.ts';
export { factsBeginning } from './facts-file/facts-format.ts';
export { narrowFacts } from './narrow-facts.ts';
export { savingFacts } from './facts-file/save-facts.ts';
export type { GatherOptions, IgnoreFile, CheckOptions } from './check-options.ts';
export { SharedFacts } from './shared-facts.ts';
export { checkClusters } from './check-clusters.ts';
export { checkPool } from './check-pool.ts';
// ./deep is not exported here, because it loads the YAML printer.
