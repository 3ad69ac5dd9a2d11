import { describe, expect, test } from 'vitest';
import { describeCommand } from '../../../src/cli/framework/describe.ts';
import { helpText } from '../../../src/cli/framework/help.ts';
import { sampleRegistry } from '../../support/cli.ts';

const registry = sampleRegistry();

describe('help', () => {
  test('shows everything in the definition of a command', () => {
    expect(helpText(registry, ['pool', 'show'], 100)).toMatchInlineSnapshot(`
      "Usage: aks-localdns pool show -g GROUP --cluster-name NAME -n NAME [options]

      Show a pool.

      What the pool is, and what it does.

      Options
        --resource-group -g GROUP       [Required] Name of resource group. Defaults to
                                        AZURE_DEFAULTS_GROUP or [defaults] group of the Azure CLI.
        --cluster-name NAME             [Required] Name of the cluster.
        --name --nodepool-name -n NAME  [Required] Name of the pool.
        --subscription SUBSCRIPTION...  Subscriptions. Repeatable; accepts multiple values.
        --count -c N                    How many. From -5 to 1000.
        --mode MODE                     Mode of the pool. Allowed values: System, User. Default: User.
        --no-wait                       Do not wait.
        --yes -y                        Do not ask.

      Global options
        --output -o FORMAT  Output format. Allowed values: json, jsonc, yaml, yamlc, table, tsv, none, md.
        --query JMESPATH    JMESPath query string. See https://jmespath.org.
        --only-show-errors  Show only errors, without warnings and progress.
        --verbose           Increase logging verbosity: show every request with its IDs.
        --debug             Show everything that --verbose shows, and the stack trace of errors.
        --no-color          Disable colors.
        --events FORMAT     Format of progress and errors on stderr; ndjson writes one JSON document per
                            line. Allowed values: ndjson.
        --help -h           Show this help and exit.
        --sign-in WAY       Sign-in method. Defaults to the Azure CLI's account, then the default
                            credential chain. Allowed values: cli, env, workload-identity,
                            managed-identity, pipelines, github, browser, device-code.

      Examples
        Show a pool.
            aks-localdns pool show -g rg --cluster-name aks -n userpool

      Effect
        Changes resources in Azure.

      Permissions
        Microsoft.ContainerService/managedClusters/agentPools/write
      "
    `);
  });

  test('lists groups and commands of the program', () => {
    expect(helpText(registry, [], 80)).toMatchInlineSnapshot(`
      "Usage: aks-localdns COMMAND [options]

      Enable LocalDNS on Azure Kubernetes Service node pools and verify that it works.

      Groups
        check  Check everything.
        pool   Node pools.

      Global options
        --output -o FORMAT  Output format.
        --query JMESPATH    JMESPath query string. See https://jmespath.org.
        --only-show-errors  Show only errors, without warnings and progress.
        --verbose           Increase logging verbosity: show every request with its
                            IDs.
        --debug             Show everything that --verbose shows, and the stack trace
                            of errors.
        --no-color          Disable colors.
        --events FORMAT     Format of progress and errors on stderr; ndjson writes one
                            JSON document per line. Allowed values: ndjson.
        --help -h           Show this help and exit.

      'aks-localdns COMMAND --help' shows details. 'aks-localdns --version' shows the
      version.

      About LocalDNS: https://learn.microsoft.com/azure/aks/localdns-custom
      "
    `);
  });

  test('lists the commands of a group, and those below a command', () => {
    expect(helpText(registry, ['pool'], 80)).toContain('Node pools.\n\nCommands\n  show  Show a pool.');
    expect(helpText(registry, ['check'], 80)).toContain('Commands\n  explain  Explain a check.');
  });

  test.each([40, 60, 100, 500])('fits a terminal of %i columns', (columns) => {
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
