import type { JsonObject } from '../../core/json.ts';
import type { PoolRef } from '../../model/ids.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import type { Principal } from '../../model/registration.ts';
import { effectiveProfile, profileChanges, type ProfileChange, type UnknownSetting } from '../localdns/index.ts';
import { droppedSettings, storedEffect, storedProfile } from './pool-comparison.ts';
import { disruptionOf, type Disruption } from './disruption.ts';
import type { PlanFindings } from './findings.ts';
import { imageRemark, remarksOf, type Remark } from './remarks.ts';
import { requestProperties } from './request.ts';
import { settingChanges, withSettings, type SettingChange, type UpgradeSettings } from './upgrade-settings.ts';

export const poolActions = ['add', 'update', 'enable', 'disable', 'upgrade-node-image'] as const;
export type PoolAction = (typeof poolActions)[number];

/** The requested change. */
export type Change =
  /** A new pool: the `properties` of the request body. */
  | { readonly kind: 'create'; readonly properties: JsonObject }
  /** A profile, where an absent map keeps the stored one, and upgrade settings to send with it. */
  | { readonly kind: 'profile'; readonly profile: LocalDnsProfile; readonly settings: UpgradeSettings }
  /** A reimage to the latest node image; undefined if Azure does not report it. */
  | { readonly kind: 'node-image'; readonly latest: string | undefined };

/** The inputs of a plan: the facts and the request, but nothing derived from them. */
export interface PlanInputs extends PlanFindings {
  readonly action: PoolAction;
  readonly ref: PoolRef;
  readonly poolId: string;
  /** The identity that sends the request. */
  readonly principal: Principal;
  /** `properties` of the pool as it was read; undefined for a new pool. */
  readonly before: JsonObject | undefined;
  readonly change: Change;
  /** Whether to abort a running operation first. */
  readonly abortsRunning: boolean;
}

/** What would be sent, and the disruption it causes; the user confirms it. */
export interface PoolPlan extends PlanInputs {
  readonly schemaVersion: typeof planSchemaVersion;
  /** Whether nodes are reimaged; false for a new pool and for a pool without nodes. */
  readonly reimages: boolean;
  /** Undefined for a new pool. */
  readonly disruption: Disruption | undefined;
  /** The mode of the pool: System, User, … */
  readonly poolMode: string | undefined;
  /** LocalDNS modes; `before` is undefined if it was never configured, `after` if the profile does not change. */
  readonly localDnsMode: { readonly before: string | undefined; readonly after: string | undefined };
  /** The changes in effect, with defaults; empty if the same profile is sent again. */
  readonly profileChanges: readonly ProfileChange[];
  readonly settingChanges: readonly SettingChange[];
  readonly remarks: readonly Remark[];
  /** The request body if the pool does not change until then; undefined for a request without a body. */
  readonly requestBody: { readonly properties: JsonObject } | undefined;
}

export const planSchemaVersion = '1.0';

/** The pool of a plan: as it was read, or as it would be created. */
export function plannedPool({ ref, poolId, before, change }: PlanInputs): NodePool {
  return readNodePool(ref, poolId, before ?? (change.kind === 'create' ? change.properties : {}));
}

/** The profile that the pool will have, with all settings; undefined if the plan does not change it. */
export function plannedProfile({ before, change }: PlanInputs): EffectiveProfile | undefined {
  if (change.kind === 'node-image') return undefined;
  if (change.kind === 'create') return storedEffect(change.properties);
  return effectiveProfile(change.profile, storedProfile(before ?? {}));
}

/** The upgrade settings of the request. */
export function plannedSettings({ change }: PlanInputs): UpgradeSettings {
  return change.kind === 'profile' ? change.settings : {};
}

/** Stored settings that this version does not know and that the request removes. */
function dropped({ before, change }: PlanInputs): readonly UnknownSetting[] {
  return change.kind === 'profile' ? droppedSettings(before ?? {}, change.profile) : [];
}

function remarks(inputs: PlanInputs, pool: NodePool, settingsChange: boolean): readonly Remark[] {
  const { change, warnings, automatic } = inputs;
  const mode = plannedProfile(inputs)?.mode;
  const others = remarksOf(
    {
      pool,
      mode,
      automatic,
      settingsChange,
      created: change.kind === 'create',
      dropped: dropped(inputs).map(({ path }) => path),
    },
    warnings,
  );
  return change.kind === 'node-image' ? [imageRemark(pool, change.latest), ...others] : others;
}

function requestBody({ before, change }: PlanInputs): PoolPlan['requestBody'] {
  if (change.kind === 'node-image') return undefined;
  if (change.kind === 'create') return { properties: change.properties };
  return { properties: requestProperties(before ?? {}, change.profile, change.settings) };
}

/** Computes the plan. Pure: the same inputs give the same plan. */
export function planOf(inputs: PlanInputs): PoolPlan {
  const pool = plannedPool(inputs);
  const created = inputs.change.kind === 'create';
  const planned = plannedProfile(inputs);
  const settings = plannedSettings(inputs);
  const changes = created ? [] : settingChanges(pool, settings);
  const whenReimaged = readNodePool(pool.ref, pool.id, withSettings(pool.properties, settings));
  return {
    ...inputs,
    schemaVersion: planSchemaVersion,
    reimages: !created && pool.count !== 0,
    disruption: created ? undefined : disruptionOf(whenReimaged),
    poolMode: pool.mode,
    localDnsMode: { before: created ? undefined : pool.localDns?.mode, after: planned?.mode },
    profileChanges:
      planned === undefined
        ? []
        : [
            ...profileChanges(storedEffect(inputs.before ?? {}), planned),
            ...dropped(inputs).map(({ path, value }) => ({ path, before: value, after: undefined })),
          ],
    settingChanges: changes,
    remarks: remarks(inputs, pool, changes.length > 0),
    requestBody: requestBody(inputs),
  };
}

/** The same plan for the current state of the pool. */
export function replanned(plan: PoolPlan, pool: NodePool): PoolPlan {
  return planOf({ ...plan, before: pool.properties, abortsRunning: false });
}
