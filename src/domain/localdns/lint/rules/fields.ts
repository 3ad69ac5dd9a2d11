import { list } from '../../../../core/text.ts';
import { writtenOut } from '../../defaults.ts';
import { settingNames } from '../../settings.ts';
import { quoted } from '../../text.ts';
import type { LintRule } from '../rule.ts';
import type { LintZone } from '../view.ts';

export const fieldRules: readonly LintRule[] = [
  {
    id: 'L012',
    severity: 'warn',
    trigger: 'A zone leaves settings out',
    reason:
      'the Azure CLI sends defaults of its own for them (ClusterCoreDNS and PreferUDP everywhere), and what the service fills in is documented for the whole profile only',
    source:
      'Azure CLI recordings: the SDK fills every missing field; AKS documentation, localdns-custom, table of settings',
    fix: 'the documented default of each setting',
    judge: ({ zones }) =>
      zones
        .filter(({ missing }) => missing.length > 0)
        .map((zone) => ({
          place: zone.place,
          what: whatIsMissing(zone),
          instead: writtenOut(zone.map, zone.name, zone.missing),
        })),
  },
];

function whatIsMissing({ name, map, missing }: LintZone): string {
  const all = missing.length === settingNames.length;
  return `The zone ${quoted(name)} of ${map} ${all ? 'has no settings' : `leaves out ${list(missing)}`}`;
}
