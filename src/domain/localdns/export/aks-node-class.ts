import { CliError } from '../../../core/errors.ts';
import { toAzureYaml } from '../../../core/yaml.ts';
import type { LocalDnsProfile } from '../../../model/profile.ts';
import type { FullOverrides } from '../defaults.ts';
import { effectiveProfile, profileForRequest } from '../effective-profile.ts';
import { readProfile } from '../profile-document.ts';
import { rejectNewerSettings, type ExportTarget } from './export-target.ts';

/**
 * The format of node autoprovisioning (Karpenter's provider for Azure): lists of zones, Go durations, and all fields
 * required. Source: AKSNodeClass CRD, karpenter.azure.com/v1beta1, spec.localDNS (the AKS page on autoprovisioning has
 * another key, which is ignored).
 */
export const aksNodeClass: ExportTarget = {
  write: (profile, { pool }) => {
    rejectNewerSettings(profile, 'An AKSNodeClass');
    refuse(profile);
    const { mode, vnetDNSOverrides, kubeDNSOverrides } = effectiveProfile(profile, undefined);
    const manifest = {
      apiVersion: 'karpenter.azure.com/v1beta1',
      kind: 'AKSNodeClass',
      metadata: { name: pool },
      spec: {
        localDNS: { mode, vnetDNSOverrides: zones(vnetDNSOverrides), kubeDNSOverrides: zones(kubeDNSOverrides) },
      },
    };
    return `# Add spec.localDNS to your AKSNodeClass. A change replaces the nodes created from it.\n${toAzureYaml(manifest)}`;
  },
};

/** The validator covers the rules of the CRD; its other errors would keep CoreDNS from starting. */
function refuse(profile: LocalDnsProfile): void {
  const effective = profileForRequest(effectiveProfile(profile, undefined));
  const reasons = readProfile(new TextEncoder().encode(JSON.stringify(effective)), 'add').findings.filter(
    ({ severity }) => severity === 'fail',
  );
  if (reasons.length === 0) return;
  throw new CliError({
    code: 'export-refused',
    message: 'Kubernetes would reject an AKSNodeClass with this profile.',
    hints: reasons.slice(0, 10).map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
  });
}

function zones(overrides: FullOverrides): readonly unknown[] {
  return Object.entries(overrides).map(
    ([zone, { cacheDurationInSeconds, serveStaleDurationInSeconds, serveStale, ...rest }]) => ({
      zone,
      ...rest,
      cacheDuration: goDuration(cacheDurationInSeconds),
      serveStaleDuration: goDuration(serveStaleDurationInSeconds),
      serveStale,
    }),
  );
}

/** `1h30m`; `0s` for zero. */
function goDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([amount]) => amount > 0)
      .map(([amount, unit]) => `${String(amount)}${unit}`)
      .join('') || '0s'
  );
}
