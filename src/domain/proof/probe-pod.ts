import type { JsonObject } from '../../core/json.ts';
import script from './probe.sh';

export type DnsPolicy = 'ClusterFirst' | 'Default';

export interface ProbePod {
  readonly name: string;
  readonly namespace: string;
  readonly node: { readonly name: string; readonly uid: string };
  readonly dnsPolicy: DnsPolicy;
  /** Repeated in the pod's result; letters and digits. */
  readonly nonce: string;
  /** Of the pods of one run; letters and digits. */
  readonly run: string;
  /** ISO 8601; a pod that is there after it was left behind. */
  readonly deadline: string;
  /** With BusyBox 1.28 or later. */
  readonly image: string;
  /** A name outside the cluster to resolve. */
  readonly externalName: string;
}

export const runLabel = 'aks-localdns/run';
export const deadlineAnnotation = 'aks-localdns/deadline';
/** Selects every probe pod, of any run. */
export const probeSelector = 'app.kubernetes.io/name=aks-localdns-probe,app.kubernetes.io/managed-by=aks-localdns';

/** Seconds after which the kubelet ends a probe: it takes 2 to 5, and up to 20 on BusyBox 1.28 where all is silent. */
export const probeSeconds = 60;

/**
 * A pod that runs the probe once on a node: allowed by pod security "restricted", with no token, no privilege and a
 * read-only root. The scheduler places it, which distinguishes a node without room from one that does not answer; its
 * node owns it, so that it goes with the node. Source: Kubernetes documentation, Pod Security Standards.
 */
export function probePod(pod: ProbePod): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: pod.namespace,
      labels: {
        'app.kubernetes.io/name': 'aks-localdns-probe',
        'app.kubernetes.io/managed-by': 'aks-localdns',
        [runLabel]: pod.run,
      },
      annotations: { [deadlineAnnotation]: pod.deadline },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: pod.node.name, uid: pod.node.uid }],
    },
    spec: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [pod.node.name] }] }],
          },
        },
      },
      tolerations: [{ operator: 'Exists' }],
      dnsPolicy: pod.dnsPolicy,
      restartPolicy: 'Never',
      activeDeadlineSeconds: probeSeconds,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65534,
        runAsGroup: 65534,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'probe',
          image: pod.image,
          command: ['sh', '-c', script],
          env: [
            { name: 'PROBE_NONCE', value: pod.nonce },
            { name: 'PROBE_EXTERNAL', value: pod.externalName },
            { name: 'PROBE_HOST', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
          ],
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
        },
      ],
    },
  };
}
