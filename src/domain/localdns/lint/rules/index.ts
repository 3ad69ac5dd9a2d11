import type { LintRule } from '../rule.ts';
import { cachingRules } from './caching.ts';
import { clusterRules } from './cluster.ts';
import { destinationRules } from './destinations.ts';
import { fieldRules } from './fields.ts';
import { loadRules } from './load.ts';
import { zoneNameRules } from './zones.ts';

/** All rules for risks in a file, alone or in combination with facts about the cluster, by ID. */
export const lintRules: readonly LintRule[] = [
  ...fieldRules,
  ...zoneNameRules,
  ...destinationRules,
  ...cachingRules,
  ...loadRules,
  ...clusterRules,
].sort((left, right) => (left.id < right.id ? -1 : 1));
