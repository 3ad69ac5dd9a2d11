import type { Check, Severity } from '../../src/domain/checks/index.ts';

const words: Readonly<Record<Severity, string>> = { fail: 'fails', warn: 'warns', off: 'is not asked for' };

function section(check: Check): string {
  return `## ${check.id}

${check.title}.

${check.explanation}

- Level: ${check.level}
- Where it does not hold: ${words[check.severity.preview]} under \`--ruleset preview\`, ${words[check.severity.ga]} under \`--ruleset ga\`
- Since: ${check.since}${check.until === undefined ? '' : `, until ${check.until}`}
- Fix: ${check.howToFix}
- Ignore: \`--ignore ${check.id}\`
- Source: [${check.source.document}](${check.source.link})`;
}

/** The catalogue as a page. */
export function checkPage(checks: readonly Check[]): string {
  return `# Checks

What \`aks-localdns check\` judges. A check answers pass, warn, fail, skip or unknown; unknown is never a pass. \`aks-localdns check explain ID\` says the same at the terminal.

${checks.map((check) => section(check)).join('\n\n')}
`;
}
