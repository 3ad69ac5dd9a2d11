import { UsageError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import type { Options } from '../framework/definition.ts';
import { namespaceOf } from './kubernetes.ts';

/** For resources of the Prometheus Operator. */
export const operatorOptions = {
  namespace: {
    type: 'string',
    placeholder: 'NAME',
    summary: 'Namespace of the Prometheus Operator resource. Defaults to monitoring',
  },
  label: {
    type: 'string',
    repeatable: true,
    placeholder: 'KEY=VALUE',
    summary: 'Labels by which your Prometheus selects the resource, such as release=prometheus',
  },
} as const satisfies Options;

/** Source: Kubernetes documentation, Labels. */
const labelKeyPattern = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const labelValuePattern = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/**
 * The names for the resource. `used` tells whether the output is one for the operator.
 * @throws UsageError for a name that Kubernetes refuses, and if the options have nothing to apply to
 */
export function operatorNames(
  args: { readonly namespace: string | undefined; readonly label: readonly string[] },
  used: { readonly is: boolean; readonly by: string },
): { readonly namespace: string; readonly labels: Readonly<Record<string, string>> } {
  const given = args.namespace !== undefined ? '--namespace' : args.label.length > 0 ? '--label' : undefined;
  if (given !== undefined && !used.is) throw new UsageError(`${given} requires ${used.by}.`);
  const namespace = namespaceOf(args.namespace, 'monitoring');
  const labels = args.label.map((word): readonly [string, string] => {
    const [key = '', ...rest] = word.split('=');
    const value = rest.join('=');
    if (rest.length === 0 || !labelKeyPattern.test(key) || !labelValuePattern.test(value))
      throw new UsageError(`--label: '${oneLine(word)}' is not a Kubernetes label.`, ['Use KEY=VALUE.']);
    return [key, value];
  });
  return { namespace, labels: Object.fromEntries(labels) };
}
