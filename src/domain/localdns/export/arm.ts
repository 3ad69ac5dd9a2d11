import { armLiteral } from '../../../core/arm-template.ts';
import { profileForRequest } from '../effective-profile.ts';
import { apiVersionOf, poolType, reimages, type ExportTarget } from './export-target.ts';

/** An element of `resources` in a template. */
export const arm: ExportTarget = {
  write: (profile, { cluster, pool }) => {
    const resource = {
      comments: `A template deploys the whole node pool: add localDNSProfile to the properties of your pool. ${reimages}`,
      type: poolType,
      apiVersion: apiVersionOf(profile),
      name: `${cluster}/${pool}`,
      properties: { localDNSProfile: profileForRequest(profile) },
    };
    return `${JSON.stringify(armLiteral(resource), null, 2)}\n`;
  },
};
