import { UsageError } from '../../../core/errors.ts';
import { isStdin } from '../../../core/stdin.ts';
import { count, oneLine } from '../../../core/text.ts';
import type { LintFacts } from '../../../domain/localdns/lint/index.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { findingOptions } from '../../options/config.ts';

const options = {
  ...findingOptions,
  fix: { type: 'boolean', summary: 'Apply safe fixes; keeps formatting, key order and line endings' },
  facts: {
    type: 'string',
    placeholder: 'FILE',
    summary:
      'JSON file with facts about the cluster: kubernetesVersion, vnetDnsServers, nodeCount, nodeImageDate, coreDnsCustomDomains, clusterDomain',
  },
} as const satisfies Options;

/** Applies the safe fixes, writes the file, and continues with the fixed content. */
async function mended(context: Context, bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const { fixProfile, leftUnfixed } = await import('../../../domain/localdns/lint/index.ts');
  const { writeNamed } = await import('../../named-files.ts');
  const { bytes: fixed, applied } = fixProfile(bytes);
  const left = leftUnfixed(fixed);
  if (applied.length === 0 && left === undefined) return bytes;
  if (applied.length > 0) await writeNamed(context.files, file, fixed, { mode: 0o644, replaces: 'any' });
  const because = left === undefined ? [] : [`  Left as it is: ${oneLine(left)}.`];
  const head = applied.length > 0 ? count(applied.length, 'fix', 'fixes') : 'nothing was fixed';
  context.say(
    [
      `${oneLine(file)}: ${head}`,
      ...applied.map(({ rule, path: at, what }) => `  ${rule} ${oneLine(at)}: ${oneLine(what)}`),
      ...because,
    ].join('\n'),
  );
  return fixed;
}

export const configLint = defineCommand({
  path: ['config', 'lint'],
  summary: 'Validate a localdnsconfig.json and report its risks',
  description:
    'Reports settings that are valid but risky: stale answers, load, security groups, zones without a matching block. Use --fail-on warn to fail on risks.',
  positionals: [{ name: 'FILE', summary: 'Files, or - for standard input', required: true, repeatable: true }],
  options,
  examples: [
    { title: 'All findings', command: 'aks-localdns config lint localdnsconfig.json' },
    { title: 'Apply safe fixes', command: 'aks-localdns config lint localdnsconfig.json --fix' },
  ],
  effect: 'none',
  permissions: [],
  formats: ['sarif', 'md'],
  run: async (context, args) => {
    const { maxFileBytes } = await import('../../../domain/localdns/index.ts');
    const { lintProfile, parseFacts } = await import('../../../domain/localdns/lint/index.ts');
    const { judgeFiles } = await import('../../profile/judge-files.ts');
    if (args.fix && args._.some(isStdin))
      throw new UsageError('--fix requires a file; it cannot write to standard input.');
    const { parseYaml } = args.facts === undefined ? {} : await import('../../../core/yaml.ts');
    const facts: LintFacts =
      args.facts === undefined
        ? {}
        : parseFacts(await context.input(args.facts, maxFileBytes + 1), '--facts', parseYaml);
    return judgeFiles(context, args, async (bytes, file) =>
      lintProfile(args.fix ? await mended(context, bytes, file) : bytes, args.for ?? 'update', facts),
    );
  },
});
