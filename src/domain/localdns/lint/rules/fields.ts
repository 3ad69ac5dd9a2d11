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
    trigger: 'A zone does not set all settings',
    reason:
      'the Azure CLI fills them with its own defaults (ClusterCoreDNS and PreferUDP everywhere), and the defaults of ' +
      'the service are documented only for the whole profile',
    source:
      'Azure CLI recordings: the SDK fills every missing field; AKS documentation, localdns-custom, table of settings',
    fix: 'the documented default of each setting',
    judge: ({ zones }) =>
      zones
        .filter(({ missing }) => missing.length > 0)
        .map((zone) => ({
          place: zone.place,
          what: missingText(zone),
          instead: writtenOut(zone.map, zone.name, zone.missing),
        })),
  },
];

function missingText({ name, map, missing }: LintZone): string {
  const all = missing.length === settingNames.length;
  return `The zone ${quoted(name)} of ${map} ${all ? 'has no settings' : `does not set ${list(missing)}`}`;
}
