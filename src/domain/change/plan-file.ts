import { UsageError } from '../../core/errors.ts';
import { asNumber, asString, isJsonObject, own, sameJson, type JsonObject, type JsonValue } from '../../core/json.ts';
import { oneLine } from '../../core/text.ts';
import { namePatterns, poolId, sameId, type PoolRef } from '../../model/ids.ts';
import type { IgnoredSummary } from '../../model/report.ts';
import { localDnsModes } from '../../model/profile.ts';
import { principalKinds, type Principal } from '../../model/registration.ts';
import { profileFromStored } from '../localdns/index.ts';
import { planOf, planSchemaVersion, poolActions, type Change, type PlanInputs, type PoolPlan } from './plan.ts';
import type { Remark } from './remarks.ts';
import type { UpgradeSettings } from './upgrade-settings.ts';

/** The inputs of a plan, in the order of the file. */
const inputKeys = [
  'action',
  'ref',
  'poolId',
  'principal',
  'before',
  'change',
  'owner',
  'warnings',
  'unknowns',
  'notEnforced',
  'ignored',
  'automatic',
  'abortsRunning',
] as const satisfies readonly (keyof PlanInputs)[];

/** The inputs of a plan for a file; `readPlan` computes the rest again. Contains no secrets. */
export function planFile(plan: PoolPlan): JsonObject {
  const inputs = Object.fromEntries(inputKeys.map((key) => [key, plan[key]]));
  return JSON.parse(JSON.stringify({ schemaVersion: planSchemaVersion, ...inputs })) as JsonObject;
}

class Reader {
  readonly #value: JsonObject;
  readonly #at: string;

  constructor(value: JsonValue | undefined, at: string) {
    if (!isJsonObject(value)) throw notValid(at, 'is not an object');
    this.#value = value;
    this.#at = at;
  }

  part(key: string): Reader {
    return new Reader(own(this.#value, key), this.#path(key));
  }

  object(key: string): JsonObject {
    const value = own(this.#value, key);
    if (isJsonObject(value)) return value;
    throw notValid(this.#path(key), 'is not an object');
  }

  has(key: string): boolean {
    return (own(this.#value, key) ?? null) !== null;
  }

  text(key: string): string {
    const value = asString(own(this.#value, key));
    if (value === undefined) throw notValid(this.#path(key), 'is not a string');
    return value;
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  optionalNumber(key: string): number | undefined {
    if (!this.has(key)) return undefined;
    const value = asNumber(own(this.#value, key));
    if (value === undefined) throw notValid(this.#path(key), 'is not a number');
    return value;
  }

  matching(key: string, pattern: RegExp): string {
    const value = this.text(key);
    if (pattern.test(value)) return value;
    throw notValid(this.#path(key), `cannot be '${oneLine(value)}'`);
  }

  oneOf<T extends string>(key: string, choices: readonly T[]): T {
    const value = this.text(key);
    const choice = choices.find((each) => each === value);
    if (choice !== undefined) return choice;
    throw notValid(this.#path(key), `must be one of ${choices.join(', ')}`);
  }

  flag(key: string): boolean {
    const value = own(this.#value, key);
    if (typeof value === 'boolean') return value;
    throw notValid(this.#path(key), 'must be true or false');
  }

  list(key: string): readonly JsonValue[] {
    const value = own(this.#value, key);
    if (Array.isArray(value)) return value as readonly JsonValue[];
    throw notValid(this.#path(key), 'is not a list');
  }

  texts(key: string): readonly string[] {
    const list = this.list(key);
    if (list.every((item): item is string => typeof item === 'string')) return list;
    throw notValid(this.#path(key), 'is not a list of strings');
  }

  #path(key: string): string {
    return this.#at === '' ? key : `${this.#at}.${key}`;
  }
}

function notValid(path: string, why: string): UsageError {
  return new UsageError(
    path === '' ? `The plan is not valid: it ${why}.` : `The plan is not valid: ${path} ${why}.`,
    ['Create the plan again, and do not edit the file.'],
    'plan-not-valid',
  );
}

/** Rejects invalid names, because they become parts of a URL. */
function refOf(plan: Reader): PoolRef {
  const ref = plan.part('ref');
  return {
    subscriptionId: ref.matching('subscriptionId', namePatterns.guid),
    resourceGroup: ref.matching('resourceGroup', namePatterns.resourceGroup),
    cluster: ref.matching('cluster', namePatterns.cluster),
    pool: ref.matching('pool', namePatterns.pool),
  };
}

function principalOf(plan: Reader): Principal {
  const principal = plan.part('principal');
  return {
    name: principal.text('name'),
    objectId: principal.optionalText('objectId'),
    tenantId: principal.text('tenantId'),
    kind: principal.oneOf('kind', principalKinds),
  };
}

function settingsOf(change: Reader): UpgradeSettings {
  const settings = change.part('settings');
  const [maxSurge, maxUnavailable] = [settings.optionalText('maxSurge'), settings.optionalText('maxUnavailable')];
  const drainTimeoutMinutes = settings.optionalNumber('drainTimeoutMinutes');
  return {
    ...(maxSurge === undefined ? {} : { maxSurge }),
    ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
    ...(drainTimeoutMinutes === undefined ? {} : { drainTimeoutMinutes }),
  };
}

const kindOf = {
  add: 'create',
  update: 'profile',
  enable: 'profile',
  disable: 'profile',
  'upgrade-node-image': 'node-image',
} as const;

function changeOf(plan: Reader, action: PlanInputs['action']): Change {
  const change = plan.part('change');
  const kind = change.oneOf('kind', [kindOf[action]]);
  if (kind === 'create') return { kind, properties: change.object('properties') };
  if (kind === 'node-image') return { kind, latest: change.optionalText('latest') };
  change.part('profile').oneOf('mode', localDnsModes);
  const given = change.object('profile');
  const profile = profileFromStored(given);
  // Settings that this version does not know would not be sent.
  if (!sameJson(profile, given)) throw notValid('change.profile', 'has settings that this version does not know');
  return { kind, profile, settings: settingsOf(change) };
}

function warningsOf(plan: Reader): readonly Remark[] {
  return plan.list('warnings').map((item, index) => {
    const remark = new Reader(item, `warnings[${String(index)}]`);
    return { id: remark.text('id'), level: remark.oneOf('level', ['info', 'warning']), text: remark.text('text') };
  });
}

function ignoredOf(plan: Reader): readonly IgnoredSummary[] {
  return plan.list('ignored').map((item, index) => {
    const entry = new Reader(item, `ignored[${String(index)}]`);
    const texts = ['scope', 'owner', 'reason', 'expires'].flatMap((key) => {
      const value = entry.optionalText(key);
      return value === undefined ? [] : [[key, value] as const];
    });
    return { id: entry.text('id'), rows: entry.optionalNumber('rows') ?? 0, ...Object.fromEntries(texts) };
  });
}

/**
 * Reads a plan written by `planFile`; untrusted, like any file.
 * @throws UsageError `plan-not-valid` with the invalid member.
 */
export function readPlan(value: JsonValue | undefined): PoolPlan {
  const plan = new Reader(value, '');
  const version = plan.text('schemaVersion');
  if (version !== planSchemaVersion)
    throw notValid('schemaVersion', `is '${oneLine(version)}', but this version supports only ${planSchemaVersion}`);
  const action = plan.oneOf('action', poolActions);
  const ref = refOf(plan);
  const id = plan.text('poolId');
  if (!sameId(id, poolId(ref))) throw notValid('poolId', 'does not match ref');
  const change = changeOf(plan, action);
  if (change.kind === 'create' && plan.has('before')) throw notValid('before', 'must be absent for a new pool');
  return planOf({
    action,
    ref,
    poolId: id,
    principal: principalOf(plan),
    before: change.kind === 'create' ? undefined : plan.object('before'),
    change,
    owner: plan.optionalText('owner'),
    warnings: warningsOf(plan),
    unknowns: plan.texts('unknowns'),
    notEnforced: plan.texts('notEnforced'),
    ignored: ignoredOf(plan),
    automatic: plan.flag('automatic'),
    abortsRunning: plan.flag('abortsRunning'),
  });
}
