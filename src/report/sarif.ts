import type { RuleDescription } from '../domain/localdns/lint/index.ts';
import type { FindingsReport, JudgedFinding } from './findings.ts';

const levels = { fail: 'error', warn: 'warning', info: 'note' } as const satisfies Readonly<
  Record<JudgedFinding['severity'], string>
>;

/** SARIF 2.1.0, for code scanning. Source: OASIS, Static Analysis Results Interchange Format 2.1.0. */
export function renderSarif(report: FindingsReport, options: { readonly version: string }): string {
  return `${JSON.stringify(sarifLog(report, options), null, 2)}\n`;
}

export function sarifLog({ files, rules }: FindingsReport, { version }: { readonly version: string }) {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: { driver: { name: 'aks-localdns', version, rules: rules.map((rule) => descriptor(rule)) } },
        columnKind: 'unicodeCodePoints' as const,
        results: files.flatMap(({ file, findings }) =>
          findings.map((finding) => result(fileUri(file), finding, indexes.get(finding.rule))),
        ),
      },
    ],
  };
}

function descriptor({ id, severity, trigger, message, source, fix }: RuleDescription) {
  const help = [
    message,
    `Source: ${source}.`,
    ...(fix === undefined ? [] : [`aks-localdns config lint --fix writes ${fix}.`]),
  ];
  return {
    id,
    shortDescription: { text: `${trigger}.` },
    fullDescription: { text: message },
    help: { text: help.join('\n') },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['localdns', 'aks'] },
  };
}

function result(
  uri: string,
  { rule, severity, message, instead, line, column, path, ignored }: JudgedFinding,
  ruleIndex: number | undefined,
) {
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: (instead === undefined ? message : `${message}\nInstead: ${instead}`).toWellFormed() },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: line, startColumn: column } },
        logicalLocations: [{ fullyQualifiedName: path.toWellFormed() }],
      },
    ],
    // Keeps the identity of a finding if lines above it change.
    partialFingerprints: { 'localdnsPath/v1': `${rule}:${path}`.toWellFormed() },
    ...(ignored === true ? { suppressions: [{ kind: 'external' as const, justification: '--ignore' }] } : {}),
  };
}

/**
 * A relative path as a relative reference, an absolute one as a file URI. Each part is encoded, so that no name is read
 * as a scheme.
 */
function fileUri(file: string): string {
  if (file === '-') return 'stdin';
  const path = file
    .toWellFormed()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  const drive = /^[A-Za-z]:(?=\/)/.exec(path)?.[0];
  const parts = path
    .slice(drive?.length ?? 0)
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  if (drive !== undefined) return `file:///${drive}${parts}`;
  return parts.startsWith('/') ? `file://${parts.replace(/^\/+/, '/')}` : parts;
}
