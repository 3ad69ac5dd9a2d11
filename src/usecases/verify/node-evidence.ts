import { asArray, asString, at, parseJson } from '../../core/json.ts';
import { clip, oneLine } from '../../core/text.ts';
import type { Kubectl } from '../../model/kubernetes.ts';
import type { KubernetesNode } from '../../model/kubernetes-lists.ts';
import type { NodePool } from '../../model/node-pool.ts';
import type { Evidence } from '../../model/verification.ts';

/** The DNS server of pods with dnsPolicy ClusterFirst. Source: AKS docs, LocalDNS. */
const podListener = '169.254.10.11';

const stateLabel = 'kubernetes.azure.com/localdns-state';
const hostsPluginAnnotation = 'kubernetes.azure.com/localdns-hosts-plugin';

/** Level 0. Undefined if Azure has stored no profile. */
export function azureEvidence({ localDns }: NodePool): Evidence | undefined {
  if (localDns === undefined) return undefined;
  const { mode, state } = localDns;
  const word = state?.toLowerCase();
  return {
    level: 0,
    source: 'Azure',
    says: word === 'enabled' ? 'on' : word === 'disabled' ? 'off' : 'unknown',
    sure: false,
    seen: `mode ${oneLine(mode ?? '-')}, state ${oneLine(state ?? '-')}`,
  };
}

/** Level 1: the label that AKS puts on a node when it is created. */
export function labelEvidence({ labels, annotations }: KubernetesNode): Evidence {
  const label = labels[stateLabel];
  const plugin = annotations[hostsPluginAnnotation];
  return {
    level: 1,
    source: 'node label',
    says: label === 'enabled' ? 'on' : label === 'disabled' ? 'off' : 'unknown',
    sure: false,
    seen: `${label === undefined ? 'no label' : `label ${clip(oneLine(label), 40)}`}${plugin === 'enabled' ? ', hosts plugin enabled' : ''}`,
  };
}

/** The name becomes part of a path. Source: Kubernetes docs, object names, DNS subdomain names. */
const nodeName = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Level 1: the DNS server that the kubelet gives to pods. Undefined if it cannot be read. */
export async function kubeletEvidence(kubectl: Kubectl, { name }: KubernetesNode): Promise<Evidence | undefined> {
  if (!nodeName.test(name)) return undefined;
  const path = `/api/v1/nodes/${name}/proxy/configz`;
  const { stdout, exitCode } = await kubectl.run(['get', '--raw', path], { timeoutSeconds: 30 });
  if (exitCode !== 0) return undefined;
  const servers = asArray(at(parseJson(stdout), 'kubeletconfig', 'clusterDNS')).flatMap((one) => asString(one) ?? []);
  if (servers.length === 0) return undefined;
  return {
    level: 1,
    source: 'kubelet',
    says: servers.includes(podListener) ? 'on' : 'off',
    sure: false,
    seen: `clusterDNS ${clip(oneLine(servers.join(', ')), 100)}`,
  };
}
