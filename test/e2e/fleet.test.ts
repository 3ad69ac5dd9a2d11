import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PrerequisiteReport } from '../../src/model/report.ts';
import { fleetTruth } from '../support/fleet-truth.ts';
import { value, withAzure, type Ran, type Rig } from '../support/e2e.ts';

const graphPath = '/providers/Microsoft.ResourceGraph/resources';
const all = ['check', '--all-subscriptions'] as const;

function reportOf(ran: Ran): PrerequisiteReport {
  return value(ran) as unknown as PrerequisiteReport;
}

function amounts(words: readonly string[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const word of words) found[word] = (found[word] ?? 0) + 1;
  return found;
}

const byEligibility = ({ pools }: PrerequisiteReport): Readonly<Record<string, number>> =>
  amounts(pools.map(({ eligibility }) => eligibility));
const byBlocker = ({ pools }: PrerequisiteReport): Readonly<Record<string, number>> =>
  amounts(pools.filter(({ eligibility }) => eligibility !== 'enabled').flatMap(({ blockedBy }) => blockedBy));

function graphRequests(azure: Rig): number {
  return azure.seen.filter(({ path: at }) => at === graphPath).length;
}

/** Reading a fleet never changes anything; Resource Graph is queried with POST. */
function readsOnly(azure: Rig): void {
  expect(azure.seen.length).toBeGreaterThan(0);
  expect(azure.writes.filter(({ path: at }) => at !== graphPath)).toEqual([]);
}

describe('check of a fleet', () => {
  test.concurrent.each(['preview', 'ga'] as const)(
    'finds what the generator created, with rule set %s, both from Resource Graph and from ARM',
    async (ruleset) => {
      await withAzure({ clusters: 120, seed: 7, registered: false }, async (azure) => {
        const truth = fleetTruth(azure.simulator);
        const graph = await azure.run([...all, '--ruleset', ruleset]);
        expect(graph.code, graph.stderr).toBe(10);
        const report = reportOf(graph);
        expect(report.clusters).toBe(truth.clusters);
        expect(report.pools).toHaveLength(truth.pools);
        expect(byEligibility(report)).toEqual(truth.eligibility[ruleset]);
        expect(byBlocker(report)).toEqual(truth.blockedBy[ruleset]);
        for (const [check, counts] of Object.entries(truth.findings[ruleset])) {
          const { skip: _, ...listed } = counts;
          expect([check, amounts(report.rows.filter(({ id }) => id === check).map(({ status }) => status))]).toEqual([
            check,
            listed,
          ]);
        }
        expect(report.subscriptions?.filter(({ reading }) => reading === 'disabled')).toHaveLength(
          truth.disabled.subscriptions,
        );
        expect(report.rows.filter(({ id, status }) => id === 'scope-readable' && status === 'skip')).toHaveLength(
          truth.disabled.subscriptions,
        );
        expect(graphRequests(azure)).toBeGreaterThan(0);
        const before = graphRequests(azure);
        const arm = await azure.run([...all, '--ruleset', ruleset, '--source', 'arm']);
        const { gatheredAt, source, ...exact } = reportOf(arm);
        expect([gatheredAt, source, report.source]).toEqual([
          expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
          'arm',
          expect.stringMatching(/^(?:graph|both)$/),
        ]);
        const { gatheredAt: _, source: __, ...copied } = report;
        expect(exact).toEqual(copied);
        expect(graphRequests(azure)).toBe(before);
        readsOnly(azure);
      })();
    },
  );

  test.concurrent(
    'shows which pools get LocalDNS automatically, and the command that pins each',
    withAzure({ clusters: 120, seed: 7 }, async (azure) => {
      const truth = fleetTruth(azure.simulator);
      const report = reportOf(await azure.run([...all, '--forecast']));
      const automatic = new Set(
        truth.details
          .filter(({ clusterKind }) => clusterKind === 'automatic')
          .map(({ cluster, pool }) => `${cluster}/${pool}`),
      );
      const will = report.pools
        .filter(({ forecast }) => forecast?.outcome === 'will-enable')
        .map(({ cluster, pool }) => `${cluster}/${pool}`);
      const meant = truth.details
        .filter(({ forecast }) => forecast === 'will-enable')
        .map(({ cluster, pool }) => `${cluster}/${pool}`);
      expect(will.length).toBeGreaterThan(0);
      // Existing pools in Automatic clusters stay as they are; the generator ignores them.
      expect([...will].sort()).toEqual(meant.filter((pool) => !automatic.has(pool)).sort());
      for (const { forecast } of report.pools) {
        expect(forecast?.reason).toMatch(/\.$/);
        if (forecast?.outcome === 'will-enable') expect(forecast.pin).toMatch(/^aks-localdns nodepool disable [^#]+$/);
      }
      expect(amounts(report.pools.map(({ forecast }) => forecast?.outcome ?? '-'))).toMatchObject({
        'already-on': truth.forecast['already-on'],
      });
    }),
  );

  test.concurrent(
    'sums up the needs of surge nodes, and checks the DNS servers of networks',
    withAzure({ clusters: 120, seed: 7 }, async (azure) => {
      const { capacity, details } = fleetTruth(azure.simulator);
      const able = details.filter(({ eligibility }) => eligibility.ga !== 'skipped');
      const moved = able.filter(
        ({ eligibility, kind, nodes }) =>
          eligibility.ga !== 'enabled' && nodes > 0 && kind !== 'spot' && kind !== 'no-surge',
      );
      const ran = await azure.run([...all, '--capacity', '--network', '--ruleset', 'ga']);
      const { rows } = reportOf(ran);
      const of = (id: string): readonly string[] =>
        rows.filter((row) => row.id === id && row.status === 'warn').map(({ resourceId }) => resourceId);
      expect(of('regional-vcpus')).toHaveLength(capacity.regionsWithoutCores);
      expect(of('family-vcpus')).toHaveLength(capacity.regionsWithoutFamily);
      expect(of('subnet-addresses')).toHaveLength(
        new Set(moved.filter(({ network }) => network === 'full').map(({ cluster }) => cluster)).size,
      );
      expect(of('dns-tcp-53')).toHaveLength(able.filter(({ network }) => network === 'dns-blocked').length);
      expect(
        rows
          .filter(({ id }) =>
            [
              'regional-vcpus',
              'family-vcpus',
              'subnet-addresses',
              'instance-limit',
              'vnet-dns-servers',
              'dns-tcp-53',
            ].includes(id),
          )
          .filter(({ status }) => status === 'fail'),
      ).toEqual([]);
      readsOnly(azure);
    }),
  );

  test.concurrent(
    'gives byte-identical reports from saved facts, without Azure',
    withAzure({ clusters: 40, seed: 3 }, async (azure) => {
      const asked = ['--capacity', '--network'];
      const live = await azure.run([
        ...all,
        ...asked,
        '--forecast',
        '--group-by',
        'tag:team',
        '--save-facts',
        'facts.ndjson',
      ]);
      expect(live.code, live.stderr).toBe(10);
      const before = azure.seen.length;
      const judge = ['check', '--from-facts', 'facts.ndjson', '--forecast', '--group-by', 'tag:team'];
      const [first, second] = [await azure.run(judge), await azure.run(judge)];
      expect(first.stdout).toBe(live.stdout);
      expect(second.stdout).toBe(first.stdout);
      expect(azure.seen.length, 'nothing is asked of Azure').toBe(before);
      const ga = await azure.run(['check', '--from-facts', 'facts.ndjson', '--ruleset', 'ga']);
      expect(byEligibility(reportOf(ga))).toEqual(fleetTruth(azure.simulator).eligibility.ga);
      const refused = await azure.run(['check', '--from-facts', 'facts.ndjson', '--all-subscriptions']);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('not allowed with --from-facts')]);
      azure.file(
        'cut.ndjson',
        readFileSync(path.join(azure.directory, 'facts.ndjson'), 'utf8').split('\n').slice(0, 20).join('\n'),
      );
      const cut = await azure.run(['check', '--from-facts', 'cut.ndjson']);
      expect([cut.code, cut.stdout, cut.stderr]).toEqual([1, '', expect.stringContaining('the file is truncated')]);
    }),
  );

  test.concurrent(
    'Ctrl-C ends it with 130 and a report of what was read, marked as partial',
    withAzure({ clusters: 1100, seed: 7 }, async (azure) => {
      // Resource Graph returns the first page of a thousand, and never the rest.
      const rest = azure.hold(({ body }) => body?.includes('$skipToken') === true);
      const child = azure.start([
        ...all,
        '-o',
        'json',
        '--verbose',
        '--save-facts',
        'facts.ndjson',
        '--report',
        'html=report.html',
      ]);
      await Promise.all([rest, child.says('1000 of 1100 clusters judged')]);
      child.kill('SIGINT');
      const ran = await child.ended;
      expect(ran.code, ran.stderr).toBe(130);
      const report = reportOf(ran);
      expect(report.partial).toMatch(/^Interrupted after 1000 clusters of 1100: /);
      expect(report.pools.length).toBeLessThan(fleetTruth(azure.simulator).pools);
      expect(readFileSync(path.join(azure.directory, 'report.html'), 'utf8')).toContain('Interrupted after');
      expect(existsSync(path.join(azure.directory, 'facts.ndjson')), 'facts that are not whole are not kept').toBe(
        false,
      );
    }),
  );

  test.concurrent(
    'filters by location, tag and name, and reads resource IDs from a file',
    withAzure({ clusters: 40, seed: 7 }, async (azure) => {
      const truth = fleetTruth(azure.simulator);
      const of = async (...args: readonly string[]): Promise<PrerequisiteReport> =>
        reportOf(await azure.run(['check', ...args, '--fail-on', 'none']));
      const [location = ''] = Object.keys(truth.locations);
      expect((await of('--all-subscriptions', '--location', location)).clusters).toBe(truth.locations[location]);
      const [team = ''] = Object.keys(truth.teams).filter((name) => name !== 'none');
      expect((await of('--all-subscriptions', '--tag', `team=${team}`)).clusters).toBe(truth.teams[team]);
      const [one] = truth.details;
      if (one === undefined) throw new Error('A fleet has pools.');
      const named = await of('--all-subscriptions', '--cluster-pattern', `${one.cluster.slice(0, -1)}?`);
      expect(named.pools.some(({ cluster }) => cluster === one.cluster)).toBe(true);
      const group = await of('--subscription', one.subscriptionId, '-g', one.resourceGroup);
      expect(group.clusters).toBe(
        new Set(
          truth.details
            .filter((pool) => pool.subscriptionId === one.subscriptionId && pool.resourceGroup === one.resourceGroup)
            .map(({ cluster }) => cluster),
        ).size,
      );
      const id = `/subscriptions/${one.subscriptionId}/resourceGroups/${one.resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${one.cluster}`;
      azure.file(
        'ids.txt',
        `# what reviewers asked for\n${id}/agentPools/${one.pool}\n${id}/agentPools/nosuch\n${id.replace(one.cluster, 'aks-gone')}\n`,
      );
      const listed = await of('--from', 'ids.txt');
      expect(listed.pools.map(({ cluster, pool }) => `${cluster}/${pool}`)).toEqual([`${one.cluster}/${one.pool}`]);
      for (const gone of ['aks-gone', `${one.cluster}/nosuch`])
        expect(listed.rows).toContainEqual(
          expect.objectContaining({ id: 'scope-readable', status: 'unknown', target: `${one.resourceGroup}/${gone}` }),
        );
    }),
  );

  test.concurrent(
    'an ignore file hides findings with a reason, hidden ones are counted, and an expired entry is a finding',
    withAzure({ clusters: 40, seed: 7 }, async (azure) => {
      const entry = (id: string, expires: string): string =>
        `  - {id: ${id}, owner: team-shop, reason: Moves in January, expires: ${expires}}\n`;
      azure.file('ignores.yaml', `ignore:\n${entry('vm-vcpus', '2999-12-31')}${entry('os-sku', '2020-01-31')}`);
      const plain = reportOf(await azure.run([...all, '--ruleset', 'ga']));
      const ran = await azure.run([...all, '--ruleset', 'ga', '--ignore', 'ignores.yaml']);
      const report = reportOf(ran);
      const hidden = plain.rows.filter(({ id }) => id === 'vm-vcpus').length;
      expect(hidden).toBeGreaterThan(0);
      expect(report.ignored).toEqual([
        expect.objectContaining({
          id: 'vm-vcpus',
          owner: 'team-shop',
          reason: 'Moves in January',
          expires: '2999-12-31',
        }),
      ]);
      expect(report.ignored[0]?.rows).toBeGreaterThanOrEqual(hidden);
      expect(report.rows.filter(({ id, ignored }) => id === 'vm-vcpus' && !ignored)).toEqual([]);
      expect(report.rows).toContainEqual(expect.objectContaining({ id: 'ignore-expired', status: 'warn' }));
      azure.file('.aks-localdns-ignore.yaml', `ignore:\n${entry('vm-vcpus', '2999-12-31')}`);
      const usual = await azure.run([...all, '--ruleset', 'ga']);
      expect(usual.stderr).toContain('Using .aks-localdns-ignore.yaml');
      expect(reportOf(usual).ignored).toEqual(report.ignored);
      azure.file('wrong.yaml', 'ignore:\n  - {id: vm-vcpu, owner: a, reason: b, expires: 2999-12-31}\n');
      const before = azure.seen.length;
      const wrong = await azure.run([...all, '--ignore-file', 'wrong.yaml']);
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('vm-vcpus')]);
      expect(azure.seen.length).toBe(before);
    }),
  );

  test.concurrent(
    'writes every form beside its result, with masked IDs in all of them',
    withAzure({ clusters: 20, seed: 7 }, async (azure) => {
      const forms = ['json', 'md', 'html', 'junit', 'csv', 'github-summary', 'table'];
      const ran = await azure.run([
        ...all,
        '--mask-ids',
        ...forms.flatMap((form) => ['--report', `${form}=out/report.${form}`]),
      ]);
      expect(ran.code, ran.stderr).toBe(10);
      const ids = new Set(fleetTruth(azure.simulator).details.map(({ subscriptionId }) => subscriptionId));
      for (const form of forms) {
        const text = readFileSync(path.join(azure.directory, 'out', `report.${form}`), 'utf8');
        expect(text.length).toBeGreaterThan(100);
        for (const id of ids) expect(text, form).not.toContain(id);
      }
      for (const id of ids) expect(ran.stdout).not.toContain(id);
      expect(JSON.parse(readFileSync(path.join(azure.directory, 'out', 'report.json'), 'utf8'))).toEqual(value(ran));
      const nowhere = await azure.run([...all, '--report', 'json=/dev/null/report.json', '-o', 'json']);
      expect([nowhere.code, nowhere.stdout]).toEqual([1, '']);
    }),
  );

  test.concurrent(
    'invalid options and files are reported before any request to Azure, and no file is overwritten',
    withAzure({ clusters: 20, seed: 7 }, async (azure) => {
      azure.file('facts.ndjson', 'precious');
      azure.file('folder/inside.txt', '');
      const refused: readonly (readonly [readonly string[], number, string])[] = [
        [[...all, '--only', 'nope'], 2, "there is no check 'nope'"],
        [[...all, '--ignore', 'nope'], 2, "there is no check 'nope'"],
        [
          ['check', '--from-facts', 'facts.ndjson', '--report', 'json=./facts.ndjson'],
          2,
          'is also the input of --from-facts',
        ],
        [[...all, '--save-facts', 'same', '--report', 'json=same'], 2, 'is also the output of'],
        [[...all, '--report', 'json=a.json', '--report', 'md=./a.json'], 2, 'is also the output of --report'],
        [[...all, '--report', 'html=folder'], 1, 'folder could not be written: it is a directory'],
        [[...all, '--save-facts', 'folder/inside.txt/facts'], 1, 'could not be written'],
      ];
      for (const [args, code, says] of refused) {
        const ran = await azure.run(args);
        expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringContaining(says)]);
      }
      expect(azure.seen).toEqual([]);
      expect(readFileSync(path.join(azure.directory, 'facts.ndjson'), 'utf8')).toBe('precious');
    }),
  );

  test.concurrent(
    'filters that match nothing end with 3',
    withAzure({ clusters: 20, seed: 7 }, async (azure) => {
      for (const words of [
        ['--location', 'marswest'],
        ['--tag', 'team=nobody'],
        ['-g', 'rg-nobody'],
        ['--cluster-pattern', 'nobody-*'],
      ]) {
        const ran = await azure.run([...all, ...words]);
        expect([words, ran.code, ran.stderr]).toEqual([words, 3, expect.stringContaining('No clusters were found')]);
        expect(reportOf(ran).clusters).toBe(0);
      }
    }),
  );
});
