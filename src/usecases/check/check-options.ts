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

/** What is read. What is not asked for costs no request. */
export interface GatherOptions {
  readonly ruleset: Ruleset;
  /** Check ids; all where absent or empty. */
  readonly only?: readonly string[] | undefined;
  /** Quotas, and addresses of subnets. */
  readonly capacity?: boolean | undefined;
  /** DNS servers of virtual networks, and security groups. */
  readonly network?: boolean | undefined;
  /** Past what this machine remembers. */
  readonly refresh?: boolean | undefined;
  /** Read all that any later judgement may need. */
  readonly everything?: boolean | undefined;
}

/** The entries of an ignore file, and the day by which they are judged. */
export interface IgnoreFile {
  readonly name: string;
  readonly entries: readonly IgnoreEntry[];
  /** `2026-09-30`. */
  readonly today: string;
}

export interface CheckOptions extends GatherOptions {
  readonly ignore?: readonly string[] | undefined;
  readonly ignoreFile?: IgnoreFile | undefined;
  /** `report` where absent. */
  readonly purpose?: Purpose | undefined;
  readonly config?: ConfigFacts | undefined;
  /** Which pools get LocalDNS by themselves at an upgrade to this version. */
  readonly forecast?: KubernetesVersion | undefined;
  /** The key of a tag by which the report groups pools. */
  readonly groupBy?: string | undefined;
  /** Of the program, for the report. */
  readonly version?: string | undefined;
}

export interface PoolCheckOptions extends CheckOptions {
  /** For reports; the id alone where absent. */
  readonly subscriptionName?: string | undefined;
  /** A pool that does not exist yet, as it is wanted: judged in place of a stored one. */
  readonly wantedPool?: NodePool | undefined;
  /** The options that ask for it, as they are to be typed again. */
  readonly given?: readonly (readonly string[])[] | undefined;
  /** Whether the pool was asked for by name; true if absent. */
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

/** Whether a check is judged, so that what it needs is read. */
export function judged(options: GatherOptions, id: string): boolean {
  return (
    options.everything === true || options.only === undefined || options.only.length === 0 || options.only.includes(id)
  );
}
