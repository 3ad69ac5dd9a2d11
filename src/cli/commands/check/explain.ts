import { UsageError } from '../../../core/errors.ts';
import type { CheckExplanation } from '../../../domain/checks/index.ts';
import { defineCommand } from '../../framework/definition.ts';

function asText(check: CheckExplanation): string {
  return [
    `${check.id}: ${check.title}`,
    '',
    check.explanation,
    '',
    `Level:   ${check.level}`,
    `Not met: ${check.severity.preview} under --ruleset preview, ${check.severity.ga} under --ruleset ga`,
    `Since:   ${check.since}${check.until === undefined ? '' : `, until ${check.until}`}`,
    `Fix:     ${check.howToFix}`,
    `Ignore:  ${check.howToIgnore}`,
    `Source:  ${check.source.document}, ${check.source.link}`,
    '',
  ].join('\n');
}

export const checkExplain = defineCommand({
  path: ['check', 'explain'],
  summary: 'Explain a check: its reason, source and fix, and how to ignore it',
  positionals: [{ name: 'ID', summary: 'ID of the check, such as vm-vcpus', required: true }],
  options: {},
  examples: [{ title: 'Why four vCPUs', command: 'aks-localdns check explain vm-vcpus' }],
  effect: 'none',
  permissions: [],
  run: async (_context, args) => {
    const { explain } = await import('../../../domain/checks/index.ts');
    const [id] = args._;
    if (id === undefined) throw new UsageError('the following arguments are required: ID');
    const check = explain(id);
    return { value: { ...check }, formats: { table: () => asText(check) } };
  },
});
