import { checkLevels, checkStatuses, rulesets } from '../model/check.ts';
import { amount, listOf, object, text, words, type Schema } from './json-schema.ts';

const forecast = object('Whether LocalDNS turns on automatically at an upgrade.', {
  version: text('The Kubernetes version of the forecast, such as 1.37.'),
  outcome: words('What will happen.', ['will-enable', 'will-not', 'pinned', 'already-on', 'unknown']),
  reason: text('The reason, and what pinning the pool costs.'),
  'pin?': text('The command that pins the current setting.'),
});

const pool = object('A node pool and its eligibility.', {
  resourceId: text('The ARM id.'),
  subscriptionId: text('The id of its subscription, possibly masked.'),
  resourceGroup: text('The resource group of the cluster.'),
  cluster: text('The name of the cluster.'),
  pool: text('The name of the pool.'),
  eligibility: words(
    'eligible: can have LocalDNS. enabled: already has LocalDNS. blocked: cannot have LocalDNS until its findings are fixed. skipped: does not support LocalDNS. unknown: could not be fully evaluated.',
    ['eligible', 'enabled', 'blocked', 'skipped', 'unknown'],
  ),
  localDnsMode: text('The stored localDNSProfile.mode; - if there is none.'),
  localDnsState: text('The stored localDNSProfile.state; - if there is none.'),
  'nodes?': amount('The number of nodes.'),
  blockedBy: listOf('Ids of the checks that decide the eligibility.', { type: 'string' }),
  'location?': text('The region.'),
  'kubernetesVersion?': text('The Kubernetes version of the pool.'),
  'group?': text('The value of the tag that groupBy names; absent if the pool has none.'),
  'forecast?': forecast,
});

const row = object('The result of one check of one target.', {
  id: text('The id of the check, such as vm-vcpus.'),
  level: words('The kind of the target.', checkLevels),
  title: text('The requirement of the check.'),
  'problem?': text('For a finding, the condition that was found, such as Kubernetes older than 1.31.'),
  target: text('A subscription id, possibly with a region, VM family or subnet; group/cluster; or group/cluster/pool.'),
  resourceId: text('The ARM id of the target.'),
  link: text('The documentation of the rule.'),
  status: words('unknown: could not be evaluated; never a pass.', checkStatuses),
  observed: text('The observed value.'),
  required: text('The required value.'),
  reason: text('The reason, in one sentence.'),
  'fix?': text('The fix, as a command or a sentence.'),
  'rulesetNote?': text('Present if the row would not fail under the other rule set.'),
  ignored: { type: 'boolean', description: 'The row is ignored: it stays in the report but does not count.' },
});

const ignored = object('An id of --ignore or an entry of the ignore file.', {
  id: text('The id of a check.'),
  rows: amount('The number of ignored rows. 0 means that the scope may be wrong, or that the finding is fixed.'),
  'scope?': text('A glob on the resource id.'),
  'owner?': text('The person or team responsible for it.'),
  'reason?': text('The reason.'),
  'expires?': text('The last day on which it is valid, such as 2027-01-31.'),
});

const subscription = object('A subscription of the scope.', {
  subscriptionId: text('Its id, possibly masked.'),
  name: text('Its name.'),
  reading: words(
    'partial: some of it could not be read, as rows explain, or the report ended early. not-checked: the report ended early.',
    ['read', 'partial', 'not-readable', 'disabled', 'not-checked'],
  ),
  clusters: amount('Clusters read.'),
  pools: amount('Node pools read.'),
});

/**
 * The published schema of the report, which `-o json` and `--report json=FILE` write and `report convert` and `report
 * diff` read.
 */
export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:aks-localdns:prerequisite-report:1',
  title: 'Prerequisite report of aks-localdns',
  ...object('Whether node pools can have LocalDNS, what blocks it, and the fix.', {
    schemaVersion: {
      type: 'string',
      description: 'A higher minor version adds members and removes none.',
      pattern: '^1\\.[0-9]+$',
    },
    'generator?': object('The program that made the report.', {
      name: text('aks-localdns.'),
      version: text('Its version.'),
    }),
    'gatheredAt?': {
      type: 'string',
      description: 'When reading from Azure started, in UTC; for a facts file, when the facts were gathered.',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
    },
    'source?': words(
      'The source of the clusters. graph: Resource Graph, which may be out of date. arm: Azure Resource Manager. both: some from each.',
      ['graph', 'arm', 'both'],
    ),
    ruleset: words('preview: the preview guide of 2025. ga: the service since November 2025.', rulesets),
    scope: text('A description of the scope.'),
    pools: listOf('Sorted by subscription, group, cluster, pool.', pool),
    rows: listOf('Sorted by target, severity, id.', row),
    'checks?': listOf('Ids of the checks that were judged. Defaults to all.', { type: 'string' }),
    'only?': listOf(
      'Ids of --only. Other checks were not judged and do not affect eligibility. Absent without --only.',
      { type: 'string' },
    ),
    'detail?': words(
      'findings: rows that pass or are skipped are counted but not listed. all, or absent: every row is listed.',
      ['all', 'findings'],
    ),
    counts: object(
      'The number of rows by status, listed or not, without ignored rows.',
      Object.fromEntries(checkStatuses.map((status) => [status, amount(`Rows with status ${status}.`)])),
    ),
    ignored: listOf('The ids and entries that ignore rows.', ignored),
    'subscriptions?': listOf('The subscriptions of the scope, including unreadable ones.', subscription),
    'clusters?': amount('The number of clusters in the scope.'),
    'groupBy?': text('The tag by which pools are grouped.'),
    'partial?': text('Why the report does not cover its whole scope; absent if it does.'),
  }),
};
