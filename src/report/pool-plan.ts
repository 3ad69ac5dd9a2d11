import { isJsonObject, type JsonValue } from '../core/json.ts';
import { count, duration, oneLine, wrapWords } from '../core/text.ts';
import type { DurationEstimate, PoolAction, PoolPlan } from '../domain/change/index.ts';
import { poolName } from '../model/pool-command.ts';

type Fact = readonly [label: string, text: string];

const titles: Readonly<Record<PoolAction, string>> = {
  add: 'Add node pool',
  update: 'Update LocalDNS on node pool',
  enable: 'Turn on LocalDNS on node pool',
  disable: 'Turn off LocalDNS on node pool',
  'upgrade-node-image': 'Reimage node pool to the latest node image',
};

const kinds = {
  user: '',
  'service-principal': ' (service principal)',
  'managed-identity': ' (managed identity)',
  unknown: '',
} as const;

/** Wider lines are hard to read. */
const widest = 110;
const narrowest = 20;

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '(none)';
  // The settings of a zone that is added or removed.
  if (isJsonObject(value))
    return oneLine(
      Object.entries(value)
        .map(([name, setting]) => `${name} ${shown(setting)}`)
        .join(', '),
    );
  return oneLine(typeof value === 'string' ? value : JSON.stringify(value));
}

function changeText({
  path,
  before,
  after,
}: {
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}): string {
  if (before === undefined && isJsonObject(after)) return `${oneLine(path)} added: ${shown(after)}`;
  if (after === undefined && isJsonObject(before)) return `${oneLine(path)} removed: ${shown(before)}`;
  return `${oneLine(path)}: ${shown(before)} -> ${shown(after)}`;
}

function estimateText({ fromMinutes, toMinutes, basis }: DurationEstimate): string {
  return `${duration(fromMinutes * 60)} to ${duration(toMinutes * 60)} (an estimate: ${basis})`;
}

function nodesText(plan: PoolPlan): string {
  const { nodes, autoscaling } = plan.disruption ?? {};
  const amount = nodes === undefined ? 'number unknown' : String(nodes);
  if (autoscaling === undefined) return amount;
  return `${amount} (autoscaled, ${String(autoscaling.min ?? '?')} to ${String(autoscaling.max ?? '?')})`;
}

function surgeText(plan: PoolPlan): string {
  const { maxSurge, surgeNodes, maxUnavailable, unavailableNodes, drains } = plan.disruption ?? {};
  if (drains === false) return 'none: spot nodes are reimaged without surge and drain';
  const resolved = (setting: string | undefined, nodes: number | undefined): string =>
    nodes === undefined || setting === String(nodes)
      ? oneLine(setting ?? 'not known')
      : `${oneLine(setting ?? '')} = ${count(nodes, 'node')}`;
  return `${resolved(maxSurge, surgeNodes)}; unavailable ${resolved(maxUnavailable, unavailableNodes)}`;
}

function disruptionFacts(plan: PoolPlan): readonly Fact[] {
  const { disruption } = plan;
  if (disruption === undefined) return [];
  if (!plan.reimages) return [['Nodes', `${nodesText(plan)}: no node is reimaged now`]];
  const { batches, batchSize, estimate, drainTimeoutMinutes, losses } = disruption;
  return [
    ['Nodes', `${nodesText(plan)}, all reimaged`],
    ['Surge', surgeText(plan)],
    ...(batches === undefined || batchSize === undefined
      ? []
      : [['Batches', `${String(batches)}, of at most ${count(batchSize, 'node')}`] as const]),
    ['Duration', estimate === undefined ? 'no estimate' : estimateText(estimate)],
    ...(drainTimeoutMinutes === undefined
      ? []
      : [['Drain', `at most ${String(drainTimeoutMinutes)} minutes per node, then the operation fails`] as const]),
    ...losses.map((loss, index): Fact => [index === 0 ? 'Lost' : '', loss]),
  ];
}

function changeFacts(plan: PoolPlan): readonly Fact[] {
  const { before, after } = plan.localDnsMode;
  const mode: readonly Fact[] =
    after === undefined ? [] : [['LocalDNS', `${oneLine(before ?? 'never configured')} -> ${oneLine(after)}`]];
  const changes = [...plan.profileChanges, ...plan.settingChanges].filter(({ path }) => path !== 'mode');
  const lines = changes.map((change) => changeText(change));
  if (lines.length === 0 && before === after && after !== undefined) lines.push('none: the same profile is sent again');
  return [...mode, ...lines.map((line, index): Fact => [index === 0 ? 'Changes' : '', line])];
}

function noteLines(plan: PoolPlan): readonly string[] {
  return [
    ...(plan.abortsRunning ? ['WARNING: The running operation is aborted first.'] : []),
    ...(plan.owner === undefined ? [] : [`WARNING: ${oneLine(plan.owner)}`]),
    ...plan.remarks.map(({ level, text }) => `${level === 'warning' ? 'WARNING' : 'NOTE'}: ${oneLine(text)}`),
    ...plan.notEnforced.map((reason) => `NOTE: Does not block this change: ${oneLine(reason)}`),
    ...plan.unknowns.map((reason) => `UNKNOWN: ${oneLine(reason)}`),
  ];
}

/**
 * The plan that the user confirms before a write, as plain text with untrusted text escaped. `width` is the number of
 * terminal columns; long lines are wrapped.
 */
export function renderPoolPlan(plan: PoolPlan, width = 80): string {
  const facts: readonly Fact[] = [
    [
      'Signed in',
      `${oneLine(plan.principal.name)}${kinds[plan.principal.kind]}, tenant ${oneLine(plan.principal.tenantId)}`,
    ],
    [
      'Pool',
      `${oneLine(poolName(plan.ref))}${plan.poolMode === undefined ? '' : ` (${oneLine(plan.poolMode)})`}, subscription ${oneLine(plan.ref.subscriptionId)}`,
    ],
    ...disruptionFacts(plan),
    ...changeFacts(plan),
  ];
  const labels = Math.max(...facts.map(([label]) => label.length));
  const room = Math.max(narrowest, Math.min(width, widest) - labels - 4);
  const below = ' '.repeat(labels + 4);
  const lines = facts.flatMap(([label, text]) =>
    wrapWords(text, room).map((line, index) =>
      index === 0 ? `  ${label.padEnd(labels)}  ${line}` : `${below}${line}`,
    ),
  );
  const notes = noteLines(plan).flatMap((note) =>
    wrapWords(note, Math.max(narrowest, Math.min(width, widest) - 4)).map((line, index) =>
      index === 0 ? `  ${line}` : `    ${line}`,
    ),
  );
  return [
    `${titles[plan.action]} ${oneLine(plan.ref.pool)}`,
    ...lines,
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}
