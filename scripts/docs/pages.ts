import { commands, groups } from '../../src/cli/commands/index.ts';
import { environmentVariables, type EnvironmentRecord } from '../../src/cli/environment.ts';
import type { AnyCommand } from '../../src/cli/framework/definition.ts';
import { describeCommand, type OptionDescription } from '../../src/cli/framework/describe.ts';
import { eventTypes } from '../../src/core/events.ts';
import { errorCodes, exitOf } from '../../src/core/error-codes.ts';
import { exitCode, exitCodes, type ExitCodeRecord } from '../../src/core/exit-codes.ts';
import { noticeCodes } from '../../src/core/notice-codes.ts';
import { allRules } from '../../src/domain/localdns/lint/index.ts';
import { catalogue } from '../../src/domain/checks/index.ts';
import { reportSchema } from '../../src/report/index.ts';
import { scenarios } from '../../src/simulator/index.ts';
import { checkPage } from './checks.ts';
import { table } from './table.ts';

function optionRows(options: readonly OptionDescription[]): string {
  return table(
    ['Option', 'What it does'],
    options.map((option) => [`\`${option.flags}\``, [option.required ? 'Required.' : '', `${option.summary}.`, ...option.notes].filter((part) => part !== '').join(' ')]),
  );
}

function fileOf(command: AnyCommand): string {
  return `commands/${command.path.join('-')}.md`;
}

function commandPage(command: AnyCommand): string {
  const it = describeCommand(command);
  const sections = [
    `# ${it.name}`,
    `${it.summary}.`,
    ...(it.description === undefined ? [] : [it.description]),
    `\`\`\`sh\n${it.usage}\n\`\`\``,
    it.changes,
    '## Examples',
    ...it.examples.map((example) => `${example.title}:\n\n\`\`\`sh\n${example.command}\n\`\`\``),
    ...(it.positionals.length === 0 ? [] : ['## Arguments', table(['Argument', 'What it is'], it.positionals.map((item) => [`\`${item.name}\``, `${item.summary}.`]))]),
    ...(it.options.length === 0 ? [] : ['## Options', optionRows(it.options)]),
    '## Global options',
    optionRows(it.globalOptions),
    ...(it.permissions.length === 0 ? [] : ['## Permissions in Azure', it.permissions.map((permission) => `- \`${permission}\``).join('\n')]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function commandIndex(): string {
  return `# Commands\n\n${table(
    ['Command', 'What it does'],
    commands.map((command) => [`[\`${command.path.join(' ')}\`](${command.path.join('-')}.md)`, `${command.summary}.`]),
  )}\n\nGroups: ${groups.map((group) => `\`${group.path.join(' ')}\` (${group.summary})`).join(', ')}.\n`;
}

const owners: Readonly<Record<EnvironmentRecord['owner'], string>> = {
  'aks-localdns': 'aks-localdns',
  'azure-cli': 'Azure CLI',
  'azure-identity': 'Sign-in',
  network: 'Network',
  terminal: 'Terminal',
};

function environmentPage(): string {
  const sections = Object.entries(owners).map(([owner, title]) => {
    const records = environmentVariables.filter((record) => record.owner === owner);
    return `## ${title}\n\n${table(['Variable', 'In the config file', 'Meaning'], records.map((record) => [`\`${record.name}\``, record.config === undefined ? '' : `\`${record.config}\``, record.meaning]))}`;
  });
  return `# Environment and configuration

Options on the command line take precedence over environment variables, and environment variables over the Azure CLI's config file (\`config\` in \`AZURE_CONFIG_DIR\`).
The active subscription, its tenant and the cloud come from the Azure CLI's \`azureProfile.json\` and \`config\`.
No environment variable confirms a reimage of nodes: only \`--yes\` does.

${sections.join('\n\n')}
`;
}

function exitCodePage(): string {
  return `# Exit codes\n\nExit codes are stable, so scripts can rely on them.\n\n${table(['Code', 'Name', 'Meaning'], exitCodes.map(({ code, name, meaning, reserved }: ExitCodeRecord) => [String(code), name, reserved === true ? `${meaning} Reserved: no command uses it yet.` : meaning]))}\n`;
}

function codePage(): string {
  return `# Codes of errors and notices

With \`--events ndjson\` each error and each notice is a record with a \`code\`. Codes are stable, messages are not. The
[exit code](exit-codes.md) depends on the code of the error that ended the command.

## Errors

${table(
  ['Code', 'Exit code', 'Meaning'],
  errorCodes.map(({ code, meaning }) => [`\`${code}\``, `${String(exitCode(exitOf(code)))} (${exitOf(code)})`, meaning]),
)}

## Notices

If a part of the work fails and the rest continues, a notice has the code of the error.

${table(['Code', 'Meaning'], noticeCodes.map(({ code, meaning }) => [`\`${code}\``, meaning]))}
`;
}

function eventPage(): string {
  return `# Events

With \`--events ndjson\`, progress is written to stderr as records, one JSON document per line; the result is written to stdout.
Each record has \`time\` (ISO 8601) and \`type\`.

${table(['Type', 'Meaning'], Object.entries(eventTypes).map(([type, record]) => [`\`${type}\``, record.meaning]))}

For the codes of errors and notices, see [codes](codes.md).
`;
}

const severities = { fail: 'rejected', warn: 'a risk', info: 'for your information' } as const;

function rulePage(): string {
  const sections = allRules.map(
    (rule) => `## ${rule.id}

${rule.message}

- Severity: ${rule.severity} (${severities[rule.severity]})${rule.fix === undefined ? '' : `\n- \`--fix\`: ${rule.fix}`}${rule.needs === undefined ? '' : `\n- Needs \`--facts\`: ${rule.needs.join(', ')}`}
- Source: ${rule.source}`,
  );
  return `# Rules for localdnsconfig.json\n\nThe rules of \`aks-localdns config validate\` (errors) and \`config lint\` (errors and risks). \`aks-localdns config rules explain ID\` shows the same text in the terminal.\n\n${sections.join('\n\n')}\n`;
}

function scenarioPage(): string {
  return `# Scenarios of the simulator\n\nStart one with \`aks-localdns simulator start --scenario NAME\`; several can be given.\n\n${table(['Name', 'What happens'], scenarios.map((record) => [`\`${record.name}\``, record.summary]))}\n`;
}

/** Path below docs/ to text. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ['commands/README.md', commandIndex()],
    ...commands.map((command): [string, string] => [fileOf(command), commandPage(command)]),
    ['checks.md', checkPage(catalogue)],
    ['rules.md', rulePage()],
    ['environment.md', environmentPage()],
    ['exit-codes.md', exitCodePage()],
    ['codes.md', codePage()],
    ['events.md', eventPage()],
    ['scenarios.md', scenarioPage()],
    ['report.schema.json', `${JSON.stringify(reportSchema, null, 2)}\n`],
  ]);
}
