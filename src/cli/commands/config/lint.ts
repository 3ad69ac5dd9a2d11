import { UsageError } from '../../../core/errors.ts';
import { isStdin } from '../../../core/stdin.ts';
import { count, oneLine } from '../../../core/text.ts';
import type { LintFacts } from '../../../domain/localdns/lint/index.ts';
import type { Context } from '../../framework/context.ts';
import { defineCommand, type Options } from '../../framework/definition.ts';
import { findingOptions } from '../../options/config.ts';

const options = {
  ...findingOptions,
  fix: { type: 'boolean', summary: 'Change what is safe to change; format, key order and line ends stay' },
  facts: {
    type: 'string',
    placeholder: 'FILE',
    summary:
      'JSON with facts of the cluster: kubernetesVersion, vnetDnsServers, nodeCount, nodeImageDate, coreDnsCustomDomains, clusterDomain',
  },
} as const satisfies Options;

/** Writes what is safe to mend, and goes on with the mended bytes. */
async function mended(context: Context, bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const { fixProfile } = await import('../../../domain/localdns/lint/index.ts');
  const { writeNamed } = await import('../../named-files.ts');
  const { bytes: fixed, applied } = fixProfile(bytes);
  if (applied.length === 0) return bytes;
  await writeNamed(context.files, file, fixed, { mode: 0o644, replaces: 'any' });
  context.say(
    [
      `${oneLine(file)}: ${count(applied.length, 'fix', 'fixes')}`,
      ...applied.map(({ rule, path: at, what }) => `  ${rule} ${oneLine(at)}: ${oneLine(what)}`),
    ].join('\n'),
  );
  return fixed;
}

export const configLint = defineCommand({
  path: ['config', 'lint'],
  summary: 'Validate, and name the risks of a localdnsconfig.json',
  description:
    'What works but may hurt: stale answers, load, security groups, zones that miss their block. --fail-on warn makes risks count.',
  positionals: [{ name: 'FILE', summary: 'Files, or - for standard input', required: true, repeatable: true }],
  options,
  examples: [
    { title: 'All findings', command: 'aks-localdns config lint localdnsconfig.json' },
    { title: 'Mend what is safe', command: 'aks-localdns config lint localdnsconfig.json --fix' },
  ],
  effect: 'none',
  permissions: [],
  formats: ['sarif', 'md'],
  run: async (context, args) => {
    const { maxFileBytes } = await import('../../../domain/localdns/index.ts');
    const { lintProfile, parseFacts } = await import('../../../domain/localdns/lint/index.ts');
    const { judgeFiles } = await import('../../profile/judge-files.ts');
    if (args.fix && args._.some(isStdin))
      throw new UsageError('--fix needs a file: standard input cannot be written back.');
    const facts: LintFacts =
      args.facts === undefined ? {} : parseFacts(await context.input(args.facts, maxFileBytes + 1));
    return judgeFiles(context, args, async (bytes, file) =>
      lintProfile(args.fix ? await mended(context, bytes, file) : bytes, args.for ?? 'update', facts),
    );
  },
});
