import { describe, expect, test } from 'vitest';
import { describeCommand } from '../../../src/cli/framework/describe.ts';
import { helpText } from '../../../src/cli/framework/help.ts';
import { sampleRegistry } from '../../support/cli.ts';

const registry = sampleRegistry();

describe('help', () => {
  test('shows a command with all that its definition says', () => {
    expect(helpText(registry, ['pool', 'show'], 100)).toMatchInlineSnapshot(`
      "Usage: aks-localdns pool show -g GROUP --cluster-name NAME -n NAME [options]

      Show a pool.

      What the pool is, and what it does.

      Options
        --resource-group -g GROUP       [Required] Name of resource group. Not needed where
                                        AZURE_DEFAULTS_GROUP or [defaults] group of the Azure CLI names
                                        it.
        --cluster-name NAME             [Required] Name of the cluster.
        --name --nodepool-name -n NAME  [Required] Name of the pool.
        --subscription SUBSCRIPTION...  Subscriptions. May be given several times, and takes several
                                        values.
        --count -c N                    How many. From -5 to 1000.
        --mode MODE                     Mode of the pool. Allowed values: System, User. Default: User.
        --no-wait                       Do not wait.
        --yes -y                        Do not ask.

      Global options
        --output -o FORMAT  Output format. Allowed values: json, jsonc, yaml, yamlc, table, tsv, none, md.
        --query JMESPATH    JMESPath query that is applied to the result before it is printed
                            (https://jmespath.org).
        --only-show-errors  Only show errors, suppressing warnings and progress.
        --verbose           Tell more while it works: every request, with its ids.
        --debug             Tell as much as --verbose, and the stack of an error.
        --no-color          No colours.
        --events FORMAT     Progress and errors on stderr as records, one JSON document a line. Allowed
                            values: ndjson.
        --help -h           Show this help and exit.
        --sign-in WAY       How to sign in to Azure; by default the account of the Azure CLI, then the
                            usual chain. Allowed values: cli, env, workload-identity, managed-identity,
                            pipelines, github, browser, device-code.

      Examples
        Show a pool.
            aks-localdns pool show -g rg --cluster-name aks -n userpool

      Effect
        Changes something in Azure.

      Permissions
        Microsoft.ContainerService/managedClusters/agentPools/write
      "
    `);
  });

  test('lists groups and commands of the program', () => {
    expect(helpText(registry, [], 80)).toMatchInlineSnapshot(`
      "Usage: aks-localdns COMMAND [options]

      Brings LocalDNS to the node pools of Azure Kubernetes Service, and proves that
      it works.

      Groups
        check  Check everything.
        pool   Node pools.

      Global options
        --output -o FORMAT  Output format.
        --query JMESPATH    JMESPath query that is applied to the result before it is
                            printed (https://jmespath.org).
        --only-show-errors  Only show errors, suppressing warnings and progress.
        --verbose           Tell more while it works: every request, with its ids.
        --debug             Tell as much as --verbose, and the stack of an error.
        --no-color          No colours.
        --events FORMAT     Progress and errors on stderr as records, one JSON
                            document a line. Allowed values: ndjson.
        --help -h           Show this help and exit.

      'aks-localdns COMMAND --help' tells more about one of them. 'aks-localdns
      --version' tells the version.

      About LocalDNS: https://learn.microsoft.com/azure/aks/localdns-custom
      "
    `);
  });

  test('lists the commands of a group, and those below a command', () => {
    expect(helpText(registry, ['pool'], 80)).toContain('Node pools.\n\nCommands\n  show  Show a pool.');
    expect(helpText(registry, ['check'], 80)).toContain('Commands\n  explain  Explain a check.');
  });

  test.each([40, 60, 100, 500])('keeps to a terminal of %i columns', (columns) => {
    const lines = helpText(registry, ['pool', 'show'], columns).split('\n');
    const example = registry.command(['pool', 'show'])?.examples[0]?.command ?? '';
    const wide = lines.filter(
      (text) => text.length > Math.min(100, columns) && !text.includes(example) && !text.includes('Microsoft.'),
    );
    expect(wide).toEqual([]);
  });

  test('gives docs the same facts as data', () => {
    const command = registry.command(['pool', 'show']);
    if (command === undefined) throw new Error('The sample has this command.');
    const described = describeCommand(command);
    expect(described.usage).toBe('aks-localdns pool show -g GROUP --cluster-name NAME -n NAME [options]');
    expect(described.options.map((option) => option.flags)).toContain('--name --nodepool-name -n NAME');
    expect(described.formats).toContain('md');
    expect(described.globalOptions.map((option) => option.name)).toContain('sign-in');
  });
});
