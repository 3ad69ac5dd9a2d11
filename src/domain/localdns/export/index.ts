import type { LocalDnsProfile } from '../../../model/profile.ts';
import { aksNodeClass } from './aks-node-class.ts';
import { arm } from './arm.ts';
import { aso } from './aso.ts';
import { bicep } from './bicep.ts';
import type { ExportNames, ExportTarget } from './export-target.ts';
import { terraform } from './terraform.ts';

export type { ExportNames } from './export-target.ts';

/** To add a format, add a file and list it here. */
const targets = { arm, bicep, terraform, aso, aksnodeclass: aksNodeClass } as const satisfies Readonly<
  Record<string, ExportTarget>
>;

export type ExportForm = keyof typeof targets;
/** @testonly What a generic test walks. */
export const exportForms = Object.keys(targets) as readonly ExportForm[];

/**
 * Exports the profile as infrastructure as code, with all settings of its maps filled with the documented defaults.
 * @throws CliError with the reasons if the format does not support the profile (AKSNodeClass).
 */
export function exportProfile(profile: LocalDnsProfile, to: ExportForm, names: ExportNames = {}): string {
  return targets[to].write(profile, { cluster: names.cluster ?? 'myCluster', pool: names.pool ?? 'nodepool1' });
}
