import type { Check, Severity } from '../../src/domain/checks/index.ts';

const words: Readonly<Record<Severity, string>> = { fail: 'fails', warn: 'warns', off: 'is not checked' };

function section(check: Check): string {
  return `## ${check.id}

${check.title}.

${check.explanation}

- Level: ${check.level}
- If not met: ${words[check.severity.preview]} with \`--ruleset preview\`, ${words[check.severity.ga]} with \`--ruleset ga\`
- Since: ${check.since}${check.until === undefined ? '' : `, until ${check.until}`}
- Fix: ${check.howToFix}
- Ignore: \`--ignore ${check.id}\`
- Source: [${check.source.document}](${check.source.link})`;
}

/** The catalogue as a page. */
export function checkPage(checks: readonly Check[]): string {
  return `# Checks

The checks of \`aks-localdns check\`. The result of a check is pass, warn, fail, skip or unknown; unknown never counts as pass. \`aks-localdns check explain ID\` shows the same text in the terminal.

${checks.map((check) => section(check)).join('\n\n')}
`;
}
