import type { JsonObject } from '../../core/json.ts';
import type { ClusterPlanRecord, PoolPlanRecord } from '../fleet-plan.ts';
import { automaticPool, plainPool, type PoolKind } from './fleet-kinds.ts';

export interface PoolDraft {
  readonly kind: PoolKind;
  readonly record: PoolPlanRecord;
  readonly properties: JsonObject;
}

function minorOf(version: string): number {
  return Number(version.split('.')[1] ?? '0');
}

function shortOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** A card of the deck as it can be on this cluster. */
function fitting(card: PoolKind, cluster: ClusterPlanRecord): PoolKind {
  if (cluster.kind === 'automatic') return automaticPool;
  return card.from !== undefined && cluster.minor < card.from ? plainPool : card;
}

/** Ubuntu means 24.04 from Kubernetes 1.35 on. Source: AKS docs, upgrade-os-version. */
function imageFor(kind: PoolKind, minor: number): JsonObject {
  return minor >= 35 && kind.properties['nodeImageVersion'] === undefined
    ? { nodeImageVersion: 'AKSUbuntu-2404gen2containerd-202510.19.1' }
    : {};
}

/**
 * The pool that a card becomes on a cluster: what was meant, and what AKS would return. `nodes` is what is drawn where
 * the kind has no number of its own.
 */
export function draftPool(
  card: PoolKind,
  cluster: ClusterPlanRecord,
  version: string,
  name: string,
  nodes: number,
): PoolDraft {
  const kind = fitting(card, cluster);
  const lags = kind.atMost !== undefined && minorOf(kind.atMost) < cluster.minor ? kind.atMost : undefined;
  const stopped = cluster.kind === 'stopped';
  const count = stopped ? 0 : (kind.nodes ?? nodes);
  const minor = lags === undefined ? cluster.minor : minorOf(lags);
  const { vmSize } = kind.properties;
  return {
    kind,
    record: {
      cluster,
      name,
      kind: kind.kind,
      minor,
      nodes: count,
      vmSize: typeof vmSize === 'string' && vmSize !== '' ? vmSize : 'Standard_D4ds_v5',
      spot: kind.spot === true,
      profile: kind.profile ?? 'none',
      excluded: kind.excluded,
      owner: kind.owner,
      expects: kind.expects ?? [],
    },
    properties: {
      count,
      orchestratorVersion: shortOf(lags ?? version),
      currentOrchestratorVersion: lags ?? version,
      ...imageFor(kind, minor),
      ...(name === 'systempool' ? { mode: 'System' } : {}),
      ...kind.properties,
      ...(stopped ? { powerState: { code: 'Stopped' } } : {}),
    },
  };
}
