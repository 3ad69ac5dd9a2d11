import { CliError, UsageError } from '../../../core/errors.ts';
import { count } from '../../../core/text.ts';
import { documentedDefault, effectiveProfile, profileFromStored } from '../../../domain/localdns/index.ts';
import type { NodePool } from '../../../model/node-pool.ts';
import type { EffectiveProfile, LocalDnsProfile } from '../../../model/profile.ts';
import { showPool } from '../../../usecases/nodepool/index.ts';
import type { Context } from '../../context.ts';
import { readProfileFile } from '../profile-file.ts';
import { poolTarget } from '../target.ts';

/** Where the config commands get a profile from. */

export interface PoolArguments {
  readonly resourceGroup: string | undefined;
  readonly clusterName: string | undefined;
  readonly name: string | undefined;
  readonly subscription: string | undefined;
}

/** A pool of Azure's in place of a file. @throws UsageError where it is not named. */
export async function namedPool(context: Context, args: PoolArguments, what: string): Promise<NodePool> {
  const resourceGroup = args.resourceGroup ?? context.settings.defaultGroup;
  const { clusterName, name, subscription } = args;
  if (resourceGroup === undefined || clusterName === undefined || name === undefined) {
    throw new UsageError(`${what} needs --resource-group/-g, --cluster-name and --name/-n.`);
  }
  const { azure, ref } = await poolTarget(context.azure, { resourceGroup, clusterName, name, subscription });
  return showPool(azure.nodePools, ref);
}

/** The profile that a pool has. @throws CliError `no-profile` where it was never configured. */
export function profileOf(pool: NodePool): LocalDnsProfile {
  if (pool.localDns !== undefined) return profileFromStored(pool.localDns.profile);
  throw new CliError({ code: 'no-profile', message: `LocalDNS was never configured on the node pool ${pool.ref.pool}.`, exit: 'not-found' });
}

/** A file as it is written, for add or update. @throws CliError `config-not-valid` (exit `findings`) with all that is wrong. */
export async function validProfile(context: Context, file: string): Promise<LocalDnsProfile> {
  const { name, document, facts } = await readProfileFile(context, file, 'update');
  if (document.profile !== undefined) return document.profile;
  throw new CliError({
    code: 'config-not-valid',
    message: `${name} is not a valid localdnsconfig.json: ${count(facts.errors.length, 'error')}.`,
    hints: facts.errors,
    exit: 'findings',
  });
}

/** The profile of a file with every default filled: what the nodes get. */
export async function effectiveFile(context: Context, file: string | undefined): Promise<EffectiveProfile> {
  return file === undefined ? documentedDefault() : effectiveProfile(await validProfile(context, file), undefined);
}
