/*
 * Kubernetes in the simulated AKS, as of 2026-11-29. Minor versions and support plans: AKS docs, supported Kubernetes
 * versions and long-term support. The patches are the simulator's own choice, as is the region that lags.
 */

export type SupportPlan = 'KubernetesOfficial' | 'AKSLongTermSupport';

/** A part of a version that is not said is undefined: `1.36` stands for its newest patch. */
export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number | undefined;
}

interface Release {
  readonly minor: number;
  /** Oldest first. */
  readonly patches: readonly number[];
  /** Offered to clusters with long-term support alone. */
  readonly longTermOnly?: true;
}

const releases: readonly Release[] = [
  { minor: 32, patches: [10, 11], longTermOnly: true },
  { minor: 33, patches: [6, 7], longTermOnly: true },
  { minor: 34, patches: [3, 4], longTermOnly: true },
  { minor: 35, patches: [2, 3] },
  { minor: 36, patches: [3, 4] },
  { minor: 37, patches: [0, 1] },
];

/** Source: AKS docs: a cluster of no stated version gets the minor version before the newest. */
export const defaultMinor = 36;

/** A release reaches the regions one after another. Source: AKS docs, release tracker; which region lags is chosen. */
const newestIn: Readonly<Record<string, number>> = { japaneast: 36 };

export function parseVersion(text: string): KubernetesVersion | undefined {
  const [, major, minor, patch] = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: patch === undefined ? undefined : Number(patch) };
}

/** Negative if `left` is older; by the parts that both say. */
export function compareVersions(left: KubernetesVersion, right: KubernetesVersion): number {
  if (left.major !== right.major) return left.major - right.major;
  if (left.minor !== right.minor) return left.minor - right.minor;
  return left.patch === undefined || right.patch === undefined ? 0 : left.patch - right.patch;
}

function written(minor: number, patch: number): string {
  return `1.${String(minor)}.${String(patch)}`;
}

/** Oldest first. */
export function releasesIn(location: string): readonly Release[] {
  const newest = newestIn[location.toLowerCase()] ?? Number.POSITIVE_INFINITY;
  return releases.filter(({ minor }) => minor <= newest);
}

export function plansOf(release: Release): readonly SupportPlan[] {
  return release.longTermOnly === true ? ['AKSLongTermSupport'] : ['KubernetesOfficial', 'AKSLongTermSupport'];
}

/** What a region offers under a support plan, oldest first. */
export function offered(location: string, plan: SupportPlan): readonly Release[] {
  return releasesIn(location).filter((release) => plansOf(release).includes(plan));
}

export function patchesOf(release: Release): readonly string[] {
  return release.patches.map((patch) => written(release.minor, patch));
}

/** The full version that a requested one stands for: the newest patch if it names none. */
export function resolve(among: readonly Release[], wanted: KubernetesVersion): string | undefined {
  const release = wanted.major === 1 ? among.find(({ minor }) => minor === wanted.minor) : undefined;
  if (release === undefined) return undefined;
  if (wanted.patch === undefined) return patchesOf(release).at(-1);
  return release.patches.includes(wanted.patch) ? written(wanted.minor, wanted.patch) : undefined;
}

/**
 * The versions that a cluster can be upgraded to, newest first. Source: AKS docs, upgrade the control plane, and
 * supported Kubernetes versions: one minor version at a time; a cluster with long-term support may skip; one whose
 * version has left support goes to the lowest that is offered.
 */
export function upgradesFrom(location: string, plan: SupportPlan, current: string): readonly string[] {
  const now = parseVersion(current);
  if (now === undefined) return [];
  const among = offered(location, plan);
  const later = among.filter(({ minor }) => minor > now.minor);
  const supported = among.some(({ minor }) => minor === now.minor);
  const next = supported && plan === 'AKSLongTermSupport' ? later : later.slice(0, 1);
  const oneStep =
    supported && plan !== 'AKSLongTermSupport' ? next.filter(({ minor }) => minor === now.minor + 1) : next;
  const patches = among.find(({ minor }) => minor === now.minor);
  return [...(patches === undefined ? [] : [patches]), ...oneStep]
    .flatMap((release) => patchesOf(release))
    .filter((version) => compareVersions(parseVersion(version) ?? now, now) > 0)
    .reverse();
}
