import type { ProfileDraft } from '../draft.ts';
import { maxValue, minValues, suggestedValues, type NumberSetting } from '../settings.ts';
import type { Hit, ProfileRule } from './rule.ts';

export const numberRules: readonly ProfileRule[] = [
  {
    id: 'L009',
    severity: 'fail',
    trigger: 'A number is out of range',
    reason: 'the API, or CoreDNS on the node, rejects it',
    source:
      'CoreDNS, plugin/cache: "cache TTL can not be zero or negative"; Karpenter provider for Azure, AKSNodeClass ' +
      'CRD: minimum 0; Azure REST API: int32',
    judge: outOfRange,
  },
];

function outOfRange(draft: ProfileDraft): readonly Hit[] {
  const zones = draft.maps.flatMap((map) => map.zones ?? []);
  return zones.flatMap((zone) =>
    (Object.keys(minValues) as NumberSetting[]).flatMap((name): readonly Hit[] => {
      const setting = zone.settings.get(name);
      const min = minValues[name];
      if (setting === undefined || typeof setting.value !== 'number') return [];
      if (setting.value >= min && setting.value <= maxValue) return [];
      return [
        {
          place: setting.place,
          what: `${name} is ${String(setting.value)}, but must be from ${String(min)} to ${String(maxValue)}`,
          instead: String(suggestedValues[name]),
        },
      ];
    }),
  );
}
