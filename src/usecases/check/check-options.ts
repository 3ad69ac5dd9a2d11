import type { Ruleset } from '../../model/check.ts';
import type { NodePool } from '../../model/node-pool.ts';
import {
  IgnoreRules,
  requireCheckIds,
  type ConfigFacts,
  type IgnoreEntry,
  type JudgeOptions,
  type KubernetesVersion,
  type Purpose,
} from '../../domain/checks/index.ts';

/** What to read. Facts that are not requested cost no request. */
export interface GatherOptions {
  readonly ruleset: Ruleset;
  /** Check ids. Defaults to all, also if empty. */
  readonly only?: readonly string[] | undefined;
  /** Read quotas and subnet addresses. */
  readonly capacity?: boolean | undefined;
  /** Read the DNS servers of virtual networks, and security groups. */
  readonly network?: boolean | undefined;
  /** Bypass the cache on this machine. */
  readonly refresh?: boolean | undefined;
  /** Read everything that a later judgement may need. */
  readonly everything?: boolean | undefined;
}

/** The entries of an ignore file, and the date that decides which have expired. */
export interface IgnoreFile {
  readonly name: string;
  readonly entries: readonly IgnoreEntry[];
  /** `2026-09-30`. */
  readonly today: string;
}

export interface CheckOptions extends GatherOptions {
  readonly ignore?: readonly string[] | undefined;
  readonly ignoreFile?: IgnoreFile | undefined;
  /** Defaults to `report`. */
  readonly purpose?: Purpose | undefined;
  readonly config?: ConfigFacts | undefined;
  /** Forecast which pools get LocalDNS automatically at an upgrade to this version. */
  readonly forecast?: KubernetesVersion | undefined;
  /** The tag key by which the report groups pools. */
  readonly groupBy?: string | undefined;
  /** The version of this program, for the report. */
  readonly version?: string | undefined;
}

export interface PoolCheckOptions extends CheckOptions {
  /** For reports. Defaults to the id. */
  readonly subscriptionName?: string | undefined;
  /** A pool to be added; judged instead of a stored one. */
  readonly newPool?: NodePool | undefined;
  /** The command-line options of the new pool, for suggested commands. */
  readonly given?: readonly (readonly string[])[] | undefined;
  /** Whether the user named the pool. Defaults to true. */
  readonly named?: boolean | undefined;
}

/** @throws UsageError if --only or --ignore names no check. */
export function judgeOptions(options: CheckOptions): JudgeOptions {
  const { ruleset, ignoreFile, purpose } = options;
  const only = requireCheckIds(options.only ?? [], '--only');
  const ignore = requireCheckIds(options.ignore ?? [], '--ignore');
  const ignores = ignoreFile === undefined ? undefined : new IgnoreRules(ignoreFile.entries, ignoreFile.today);
  return { ruleset, only, ignore, ignores, purpose };
}

/** Whether a check is judged, which decides what is read. */
export function judged(options: GatherOptions, id: string): boolean {
  return (
    options.everything === true || options.only === undefined || options.only.length === 0 || options.only.includes(id)
  );
}
