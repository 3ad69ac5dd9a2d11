import type { JsonValue } from '../../../core/json.ts';
import { oneLine } from '../../../core/text.ts';
import { checkStatuses, type CheckStatus, type ReportRow } from '../../../model/check.ts';
import type { DeepReport, NamespaceReach } from '../../../model/deep-check.ts';
import { reportSchemaVersion } from '../../../model/report.ts';
import { allowance } from '../../../domain/workloads/network-policy/allowance.ts';
import type { EngineBehaviour } from '../../../domain/workloads/network-policy/engine.ts';
import { judgeNamespaces, type NamespaceJudgement } from '../../../domain/workloads/network-policy/judge.ts';
import { policyFacts } from '../../../domain/workloads/network-policy/policies.ts';
import { namePolicyRow, networkPolicyRow } from './namespace-rows.ts';

export interface ManifestRequest {
  /** Where the manifests came from, in words. */
  readonly scope: string;
  readonly resources: readonly JsonValue[];
  readonly behaviour: EngineBehaviour;
  /** Of Cilium. */
  readonly engineVersion: string | undefined;
  /** The file that gets the policies to add. */
  readonly writtenTo: string | undefined;
  /** IDs of the checks to ignore. */
  readonly ignore: readonly string[];
  readonly version: string;
  readonly gatheredAt: string;
}

function reachOf({ namespace, reach, groups }: NamespaceJudgement, behaviour: EngineBehaviour): NamespaceReach {
  const workloads = (counted: typeof groups): number => counted.reduce((sum, { group }) => sum + group.count, 0);
  const blocking = groups.flatMap((group) => group.blocking);
  const toAdd = allowance(groups, behaviour);
  return {
    namespace: oneLine(namespace),
    reach,
    workloads: workloads(groups),
    blocked: workloads(groups.filter((group) => group.reach === 'no')),
    blockedBy: [...new Set(blocking.map(({ name }) => oneLine(name)))],
    ...(toAdd === undefined ? {} : { policiesToAdd: toAdd }),
  };
}

function isFinding({ status }: ReportRow): boolean {
  return status !== 'pass' && status !== 'skip';
}

function countsOf(rows: readonly ReportRow[]): DeepReport['counts'] {
  const amount = (status: CheckStatus): number => rows.filter((row) => row.status === status && !row.ignored).length;
  return Object.fromEntries(checkStatuses.map((status) => [status, amount(status)])) as DeepReport['counts'];
}

/** Judges what manifests hold. No cluster is asked. */
export function judgeManifests(request: ManifestRequest): DeepReport {
  const { scope, behaviour, engineVersion, writtenTo, ignore, version, gatheredAt } = request;
  const judged = judgeNamespaces(policyFacts(request.resources), behaviour).map((judgement) => ({
    judgement,
    reach: reachOf(judgement, behaviour),
  }));
  const rows = judged
    .flatMap(({ judgement, reach }) => [
      networkPolicyRow(judgement, reach, behaviour, writtenTo),
      namePolicyRow(judgement),
    ])
    .filter((row) => row !== undefined)
    .map((row) => ({ ...row, ignored: isFinding(row) && ignore.includes(row.id) }));
  return {
    schemaVersion: reportSchemaVersion,
    generator: { name: 'aks-localdns', version },
    gatheredAt,
    scope,
    networkPolicy: behaviour.engine,
    ...(engineVersion === undefined ? {} : { engineVersion: oneLine(engineVersion) }),
    namespaces: judged.map(({ reach }) => reach),
    rows,
    counts: countsOf(rows),
    ignored: ignore.map((id) => ({ id, rows: rows.filter((row) => row.ignored && row.id === id).length })),
  };
}

const heading = '# Network policies that let pods reach LocalDNS, by aks-localdns check --deep.\n';

/** The policies to add for all namespaces, as one YAML text; undefined if there are none. */
export function policiesToAdd({ namespaces }: DeepReport): string | undefined {
  const texts = namespaces.flatMap((one) => one.policiesToAdd?.split(/^---\n/m) ?? []);
  // A policy of the whole cluster stands in the way in several namespaces.
  return texts.length === 0 ? undefined : `${heading}${[...new Set(texts)].join('---\n')}`;
}
