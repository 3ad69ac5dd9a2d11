import { describe, expect, test } from 'vitest';
import { commands, groups } from '../../../src/cli/commands/index.ts';
import { createRegistry } from '../../../src/cli/framework/registry.ts';
import { parseYaml } from '../../../src/core/yaml.ts';
import { scrapeConfigMap } from '../../../src/domain/monitoring/index.ts';
import { runCli } from '../../support/cli.ts';
import { memoryFiles } from './support/files.ts';

const registry = createRegistry(commands, groups);
const run = (...argv: string[]) => runCli(['monitor', ...argv], { registry, context: () => memoryFiles().context });

describe('monitor', () => {
  test('scrape-config prints YAML, also for the Prometheus Operator with its labels', async () => {
    expect((await run('scrape-config')).stdout).toBe(scrapeConfigMap(false));
    const { stdout } = await run('scrape-config', '--operator', '--namespace', 'mon', '--label', 'release=prom');
    expect(parseYaml(stdout, '')).toMatchObject({
      kind: 'ScrapeConfig',
      metadata: { namespace: 'mon', labels: { release: 'prom' } },
    });
  });

  test('scrape-config --merge reports which jobs it kept', async () => {
    const { context } = memoryFiles({ '-': scrapeConfigMap(true) });
    const ran = await runCli(['monitor', 'scrape-config', '--merge', '-'], { registry, context: () => context });
    expect(ran.exit).toBe(0);
    expect(ran.stderr).toContain('Already scraped, and left unchanged: localdns-metrics.');
  });

  test('alerts and dashboard print one document', async () => {
    expect(parseYaml((await run('alerts')).stdout, '')).toMatchObject({ groups: [{ name: 'localdns' }] });
    expect(JSON.parse((await run('alerts', '--to', 'azure')).stdout)).toMatchObject({ contentVersion: '1.0.0.0' });
    expect(JSON.parse((await run('dashboard')).stdout)).toMatchObject({ title: 'AKS LocalDNS' });
  });

  test.each([
    [['scrape-config', '--merge', 'a.yaml', '--operator'], '--merge cannot be combined with --operator.'],
    [['scrape-config', '--label', 'a=b'], '--label requires --operator.'],
    [['alerts', '--namespace', 'mon'], '--namespace requires --to operator.'],
    [['alerts', '--to', 'operator', '--namespace', 'Mon_1'], "'Mon_1' is not the name of a Kubernetes namespace."],
    [['alerts', '--to', 'operator', '--label', 'release'], "'release' is not a Kubernetes label."],
    [['alerts', '--to', 'operator', '--label', 'a=b c'], "'a=b c' is not a Kubernetes label."],
    [['alerts', '--upstream', '10.1.0'], "'10.1.0' is not an IP address."],
  ])('%j is a usage error', async (argv, message) => {
    const ran = await run(...argv);
    expect(ran).toMatchObject({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(message);
  });
});
