import { checkLevels, checkStatuses, rulesets } from '../model/check.ts';
import { amount, listOf, object, text, words, type Schema } from './json-schema.ts';

const forecast = object('Whether the pool turns LocalDNS on by itself at an upgrade.', {
  version: text('The Kubernetes version that was asked about, such as 1.37.'),
  outcome: words('What will happen.', ['will-enable', 'will-not', 'pinned', 'already-on', 'unknown']),
  reason: text('Why, or why not, and what pinning the pool costs.'),
  'pin?': text('The line that pins the pool as it is.'),
});

const pool = object('A node pool, and what all rows that decide about it come to.', {
  resourceId: text('The ARM id.'),
  subscriptionId: text('The id of its subscription, or a mask of it.'),
  resourceGroup: text('The resource group of the cluster.'),
  cluster: text('The name of the cluster.'),
  pool: text('The name of the pool.'),
  eligibility: words(
    'eligible: can have LocalDNS. enabled: has it. blocked: cannot as things are. skipped: never can. unknown: could not be evaluated in full.',
    ['eligible', 'enabled', 'blocked', 'skipped', 'unknown'],
  ),
  localDnsMode: text('localDNSProfile.mode as stored; - where there is none.'),
  localDnsState: text('localDNSProfile.state as stored; - where there is none.'),
  'nodes?': amount('How many nodes it has.'),
  blockedBy: listOf('Ids of the checks that decide the eligibility.', { type: 'string' }),
  'location?': text('The region.'),
  'kubernetesVersion?': text('The Kubernetes version of the pool.'),
  'group?': text('The value of the tag that groupBy names; absent where the pool has none.'),
  'forecast?': forecast,
});

const row = object('What judging one check of one target gave.', {
  id: text('The id of the check, such as vm-vcpus.'),
  level: words('What kind of thing was judged.', checkLevels),
  title: text('What the check asks for.'),
  'problem?': text('Of a finding: the condition that was found, such as Kubernetes older than 1.31.'),
  target: text('A subscription id, that with a region, family or subnet, group/cluster, or group/cluster/pool.'),
  resourceId: text('The ARM id of the target.'),
  link: text('Where the rule is written.'),
  status: words('unknown: could not be evaluated; never a pass.', checkStatuses),
  observed: text('What is there.'),
  required: text('What is asked for.'),
  reason: text('One sentence: why it is so.'),
  'fix?': text('The fix as a command, or what to do where no command helps.'),
  'rulesetNote?': text('Present where the row would not fail under the other rule set.'),
  ignored: { type: 'boolean', description: 'The row was set aside: it stays in the report and counts for nothing.' },
});

const ignored = object('An id of --ignore or an entry of the ignore file, and what it set aside.', {
  id: text('The id of a check.'),
  rows: amount(
    'How many rows it set aside; 0: nothing, so that its scope may not be what was meant, or what it was for is mended.',
  ),
  'scope?': text('A glob on the resource id.'),
  'owner?': text('Who answers for it.'),
  'reason?': text('Why.'),
  'expires?': text('The last day on which it holds, such as 2027-01-31.'),
});

const subscription = object('A subscription of the scope.', {
  subscriptionId: text('Its id, or a mask of it.'),
  name: text('Its name.'),
  reading: words(
    'partial: some of it could not be read, as the rows say, or the report ended before the rest. not-looked-at: the report ended before.',
    ['read', 'partial', 'not-readable', 'disabled', 'not-looked-at'],
  ),
  clusters: amount('Clusters read.'),
  pools: amount('Node pools read.'),
});

/**
 * The published schema of the report: of `-o json`, `--report json=FILE` and what `report convert` and `report diff`
 * read.
 */
export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:aks-localdns:prerequisite-report:1',
  title: 'Prerequisite report of aks-localdns',
  ...object('Whether node pools can have LocalDNS, what stands in the way, and the fix.', {
    schemaVersion: {
      type: 'string',
      description: 'A higher minor version adds members and takes none away.',
      pattern: '^1\\.[0-9]+$',
    },
    'generator?': object('What judged.', { name: text('aks-localdns.'), version: text('Its version.') }),
    'gatheredAt?': {
      type: 'string',
      description: 'When reading Azure began, in UTC; of facts from a file, when these were gathered.',
      pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$',
    },
    'source?': words(
      'Where clusters were read. graph: Resource Graph, which may lag. arm: Azure Resource Manager. both: some here, some there.',
      ['graph', 'arm', 'both'],
    ),
    ruleset: words('preview: the guide of 2025 in full. ga: the service since November 2025.', rulesets),
    scope: text('What was asked for, in words.'),
    pools: listOf('Sorted by subscription, group, cluster, pool.', pool),
    rows: listOf('Sorted by target, severity, id.', row),
    'checks?': listOf('Ids of the checks that were judged; all where absent.', { type: 'string' }),
    'only?': listOf(
      'Ids that --only named: other checks were not judged, and decide about no pool. Absent without it.',
      { type: 'string' },
    ),
    'detail?': words(
      'findings: rows that pass or are skipped are counted, but not listed. all, or absent: every row is listed.',
      ['all', 'findings'],
    ),
    counts: object(
      'All rows by status, listed or not; ignored ones left out.',
      Object.fromEntries(checkStatuses.map((status) => [status, amount(`Rows with status ${status}.`)])),
    ),
    ignored: listOf('What was set aside.', ignored),
    'subscriptions?': listOf('The subscriptions of the scope, those that could not be read too.', subscription),
    'clusters?': amount('Clusters of the scope.'),
    'groupBy?': text('The tag by which pools are grouped.'),
    'partial?': text('Why the report does not hold all of its scope; absent where it does.'),
  }),
};
