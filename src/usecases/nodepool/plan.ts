import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { profileChanges, type ProfileChange } from '../../domain/localdns/index.ts';
import type { CheckRow } from '../../model/check.ts';
import type { PoolRef } from '../../model/ids.ts';
import type { PoolJudgement } from '../../model/judgement.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile } from '../../model/profile.ts';
import type { Principal } from '../../model/registration.ts';
import { effectiveOf } from './compare.ts';
import { disruptionOf, type Disruption } from './disruption.ts';
import { remarksOf, type Remark } from './remarks.ts';
import { settingChanges, withSettings, type SettingChange, type UpgradeSettings } from './upgrade-settings.ts';

export type WriteAction = 'add' | 'update' | 'enable' | 'disable' | 'upgrade-node-image';

/** What would be sent, and what it would cost: what somebody agrees to. */
export interface WritePlan {
  readonly action: WriteAction;
  readonly ref: PoolRef;
  readonly poolId: string;
  readonly principal: Principal;
  /** Whether nodes are reimaged now: not for a new pool, nor for one without nodes. */
  readonly reimages: boolean;
  /** Undefined for a new pool. */
  readonly disruption: Disruption | undefined;
  /** System, User, … of the pool. */
  readonly poolMode: string | undefined;
  /** LocalDNS modes; undefined before where it was never configured, and after where the profile is not touched. */
  readonly localDnsMode: { readonly before: string | undefined; readonly after: string | undefined };
  /** By effect, defaults filled; empty where the same profile is sent again. */
  readonly profileChanges: readonly ProfileChange[];
  readonly settingChanges: readonly SettingChange[];
  /** Who else may undo it, where tags tell. */
  readonly owner: string | undefined;
  readonly remarks: readonly Remark[];
  /** Why a check could not be evaluated, a line each; not those that are ignored. */
  readonly unknowns: readonly string[];
  /** Prerequisites that do not hold and do not stop this write (turning LocalDNS off). */
  readonly setAside: readonly string[];
  /** A running operation is aborted first. */
  readonly abortsRunning: boolean;
  /** Exactly what is sent; undefined for a request without a body. */
  readonly requestBody: JsonObject | undefined;
}

export interface ChangePlanInput {
  readonly action: WriteAction;
  readonly principal: Principal;
  readonly judgement: PoolJudgement;
  readonly pool: NodePool;
  readonly wanted: EffectiveProfile;
  readonly settings: UpgradeSettings;
  readonly properties: JsonObject;
  readonly abortsRunning: boolean;
}

export function rowLine(row: CheckRow): string {
  return `${row.id}: ${row.reason}`;
}

/** The reasons of the rows with a status, ignored ones left out. */
export function reasons(judgement: PoolJudgement, status: 'fail' | 'unknown'): readonly string[] {
  return judgement.report.rows.filter((row) => row.status === status && !row.ignored).map(rowLine);
}

/** The pool as it is when the reimage begins: with the settings that go along. */
function withNewSettings(pool: NodePool, settings: UpgradeSettings): NodePool {
  return readNodePool(pool.ref, pool.id, withSettings(pool.properties, settings));
}

/** The plan of a change of an existing pool's profile. */
export function planChange(input: ChangePlanInput): WritePlan {
  const { pool, judgement, wanted, settings } = input;
  const changes = settingChanges(pool, settings);
  const rows = judgement.report.rows;
  const owner = rows.find((row) => row.id === 'owner' && row.status === 'warn' && !row.ignored);
  const automatic = judgement.cluster?.skuName?.toLowerCase() === 'automatic';
  const situation = { pool, mode: wanted.mode, automatic, settingsChange: changes.length > 0 };
  return {
    action: input.action,
    ref: pool.ref,
    poolId: pool.id,
    principal: input.principal,
    reimages: pool.count !== 0,
    disruption: disruptionOf(withNewSettings(pool, settings)),
    poolMode: pool.mode,
    localDnsMode: { before: pool.localDns?.mode, after: wanted.mode },
    profileChanges: profileChanges(effectiveOf(pool), wanted),
    settingChanges: changes,
    owner: owner?.reason,
    remarks: remarksOf(
      situation,
      rows.filter((row) => row.id !== 'owner'),
    ),
    unknowns: reasons(judgement, 'unknown'),
    setAside: reasons(judgement, 'fail'),
    abortsRunning: input.abortsRunning,
    requestBody: { properties: input.properties },
  };
}

function json(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

/** The plan as a result prints it; the request's body only where asked for. */
export function planValue(plan: WritePlan, options: { readonly showRequest?: boolean } = {}): JsonObject {
  const { requestBody, ...rest } = plan;
  const value = json({ ...rest, ...(options.showRequest === true ? { requestBody } : {}) });
  return isJsonObject(value) ? value : {};
}
