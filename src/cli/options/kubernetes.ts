import type { KubernetesWay } from '../../model/kubernetes.ts';
import type { Options } from '../framework/definition.ts';

const choices = ['auto', 'kubectl'] as const satisfies readonly ('auto' | KubernetesWay)[];

/** Options of every command that looks into a cluster. */
export const kubernetesOptions = {
  via: {
    type: 'string',
    choices,
    default: 'auto',
    summary: 'How to reach the API server of the cluster',
  },
  context: {
    type: 'string',
    placeholder: 'NAME',
    summary: 'Context of the kubeconfig to use. Defaults to its current context',
  },
} as const satisfies Options;

export interface KubernetesArguments {
  readonly via: (typeof choices)[number] | undefined;
  readonly context: string | undefined;
}
