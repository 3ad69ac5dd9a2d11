import type { JsonObject } from '../../core/json.ts';
import type { PoolRef } from '../../model/ids.ts';
import { readNodePool, type NodePool } from '../../model/node-pool.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../model/profile.ts';
import type { Principal } from '../../model/registration.ts';
import { effectiveProfile, profileChanges, type ProfileChange, type UnknownSetting } from '../localdns/index.ts';
import { droppedSettings, storedEffect, storedProfile } from './compare.ts';
import { disruptionOf, type Disruption } from './disruption.ts';
import type { PlanFindings } from './findings.ts';
import { imageRemark, remarksOf, type Remark } from './remarks.ts';
import { requestProperties } from './request.ts';
import { settingChanges, withSettings, type SettingChange, type UpgradeSettings } from './upgrade-settings.ts';

export const poolActions = ['add', 'update', 'enable', 'disable', 'upgrade-node-image'] as const;
export type PoolAction = (typeof poolActions)[number];

/** What is asked for. */
export type Change =
  /** A new pool: the whole body's `properties`. */
  | { readonly kind: 'create'; readonly properties: JsonObject }
  /** A profile, with a map that is absent kept as it is stored, and upgrade settings that go along. */
  | { readonly kind: 'profile'; readonly profile: LocalDnsProfile; readonly settings: UpgradeSettings }
  /** A reimage to the latest node image; undefined if Azure does not say which that is. */
  | { readonly kind: 'node-image'; readonly latest: string | undefined };

/** What a plan is made of: facts and the request, and nothing that follows from them. */
export interface PlanInputs extends PlanFindings {
  readonly action: PoolAction;
  readonly ref: PoolRef;
  readonly poolId: string;
  /** Who the request is sent as. */
  readonly principal: Principal;
  /** `properties` of the pool as it was read; undefined for a new pool. */
  readonly before: JsonObject | undefined;
  readonly change: Change;
  /** A running operation is aborted first. */
  readonly abortsRunning: boolean;
}

/** What would be sent, and what it would cost: what somebody agrees to. */
export interface PoolPlan extends PlanInputs {
  readonly schemaVersion: typeof planSchemaVersion;
  /** Whether nodes are reimaged now: not for a new pool, nor for one without nodes. */
  readonly reimages: boolean;
  /** Undefined for a new pool. */
  readonly disruption: Disruption | undefined;
  /** System, User, … of the pool. */
  readonly poolMode: string | undefined;
  /** LocalDNS modes; undefined before if it was never configured, and after if the profile is not touched. */
  readonly localDnsMode: { readonly before: string | undefined; readonly after: string | undefined };
  /** By effect, defaults filled; empty if the same profile is sent again. */
  readonly profileChanges: readonly ProfileChange[];
  readonly settingChanges: readonly SettingChange[];
  readonly remarks: readonly Remark[];
  /** What is sent if the pool stays as it is; undefined for a request without a body. */
  readonly requestBody: { readonly properties: JsonObject } | undefined;
}

export const planSchemaVersion = '1.0';

/** The pool that a plan is about: as it was read, or as it would be created. */
export function plannedPool({ ref, poolId, before, change }: PlanInputs): NodePool {
  return readNodePool(ref, poolId, before ?? (change.kind === 'create' ? change.properties : {}));
}

/** The profile that the pool will have, every zone filled; undefined if the plan does not touch it. */
export function plannedProfile({ before, change }: PlanInputs): EffectiveProfile | undefined {
  if (change.kind === 'node-image') return undefined;
  if (change.kind === 'create') return storedEffect(change.properties);
  return effectiveProfile(change.profile, storedProfile(before ?? {}));
}

/** The upgrade settings that go along. */
export function plannedSettings({ change }: PlanInputs): UpgradeSettings {
  return change.kind === 'profile' ? change.settings : {};
}

/** Stored settings that this version does not know, and that the request takes away. */
function dropped({ before, change }: PlanInputs): readonly UnknownSetting[] {
  return change.kind === 'profile' ? droppedSettings(before ?? {}, change.profile) : [];
}

function remarks(inputs: PlanInputs, pool: NodePool, settingsChange: boolean): readonly Remark[] {
  const { change, warnings, automatic } = inputs;
  const mode = plannedProfile(inputs)?.mode;
  const ours = remarksOf(
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
  return change.kind === 'node-image' ? [imageRemark(pool, change.latest), ...ours] : ours;
}

function requestBody({ before, change }: PlanInputs): PoolPlan['requestBody'] {
  if (change.kind === 'node-image') return undefined;
  if (change.kind === 'create') return { properties: change.properties };
  return { properties: requestProperties(before ?? {}, change.profile, change.settings) };
}

/** The plan that follows from its inputs. Pure: the same inputs give the same plan. */
export function planOf(inputs: PlanInputs): PoolPlan {
  const pool = plannedPool(inputs);
  const created = inputs.change.kind === 'create';
  const wanted = plannedProfile(inputs);
  const settings = plannedSettings(inputs);
  const changes = created ? [] : settingChanges(pool, settings);
  const whenReimaged = readNodePool(pool.ref, pool.id, withSettings(pool.properties, settings));
  return {
    ...inputs,
    schemaVersion: planSchemaVersion,
    reimages: !created && pool.count !== 0,
    disruption: created ? undefined : disruptionOf(whenReimaged),
    poolMode: pool.mode,
    localDnsMode: { before: created ? undefined : pool.localDns?.mode, after: wanted?.mode },
    profileChanges:
      wanted === undefined
        ? []
        : [
            ...profileChanges(storedEffect(inputs.before ?? {}), wanted),
            ...dropped(inputs).map(({ path, value }) => ({ path, before: value, after: undefined })),
          ],
    settingChanges: changes,
    remarks: remarks(inputs, pool, changes.length > 0),
    requestBody: requestBody(inputs),
  };
}

/** The same plan for the pool as it is now, nothing else being new. */
export function replanned(plan: PoolPlan, pool: NodePool): PoolPlan {
  return planOf({ ...plan, before: pool.properties, abortsRunning: false });
}
