import { CliError } from '../../../core/errors.ts';
import { toAzureYaml } from '../../../core/yaml.ts';
import type { LocalDnsProfile } from '../../../model/profile.ts';
import type { FullOverrides } from '../defaults.ts';
import { effectiveProfile, profileForRequest } from '../effective.ts';
import { readProfile } from '../read.ts';
import { refuseNewer, type ExportTarget } from './target.ts';

/**
 * Karpenter's provider for Azure, which is node autoprovisioning: lists of zones, durations as Go writes them, and
 * every field required. Source: AKSNodeClass CRD, karpenter.azure.com/v1beta1, spec.localDNS (the AKS page on
 * autoprovisioning has another key, which is ignored).
 */
export const aksNodeClass: ExportTarget = {
  write: (profile, { pool }) => {
    refuseNewer(profile, 'An AKSNodeClass');
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
    return `# Add spec.localDNS to your AKSNodeClass. A change replaces the nodes that it made.\n${toAzureYaml(manifest)}`;
  },
};

/** The rules of the CRD are those of the validator; what else it finds, CoreDNS would not start with. */
function refuse(profile: LocalDnsProfile): void {
  const effective = profileForRequest(effectiveProfile(profile, undefined));
  const reasons = readProfile(new TextEncoder().encode(JSON.stringify(effective)), 'add').findings.filter(
    ({ severity }) => severity === 'fail',
  );
  if (reasons.length === 0) return;
  throw new CliError({
    code: 'export-refused',
    message: 'An AKSNodeClass with this profile would be refused.',
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

/** `1h30m`; `0s` for nothing. */
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
