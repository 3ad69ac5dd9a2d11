import path from 'node:path';
import { CliError, UsageError } from '../../../core/errors.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import { count, oneLine } from '../../../core/text.ts';
import { documentedDefault, profileForRequest, readProfile, withMode } from '../../../domain/localdns/index.ts';
import { overrideMaps, type LocalDnsProfile } from '../../../model/profile.ts';
import type { Context } from '../../context.ts';
import type { ParsedArguments, Run } from '../../framework/definition.ts';
import type { options } from './init.ts';

type Arguments = ParsedArguments<typeof options>;

/**
 * The documented default, with zones of one's own in both maps; their settings are filled as the service documents
 * them.
 */
function withZones(profile: LocalDnsProfile, zones: readonly string[]): LocalDnsProfile {
  const added = Object.fromEntries(
    overrideMaps.map((map) => [map, { ...profile[map], ...Object.fromEntries(zones.map((zone) => [zone, {}])) }]),
  );
  return { ...profile, ...added };
}

function refuseBadZones(request: JsonObject): void {
  const document = readProfile(new TextEncoder().encode(JSON.stringify(request)), 'update');
  const wrong = document.findings.filter(({ severity }) => severity === 'fail');
  if (wrong[0] !== undefined) throw new UsageError(`--zone: ${wrong[0].message}`);
}

async function wanted(context: Context, args: Arguments): Promise<JsonObject> {
  if (args.fromPool) {
    if (args.minimal || args.zone.length > 0 || args.mode !== undefined)
      throw new UsageError('--from-pool takes the profile as it is: --mode, --zone and --minimal do not go with it.');
    const { namedPool, profileOf } = await import('./pool-profile.ts');
    return profileForRequest(profileOf(await namedPool(context, args, '--from-pool')));
  }
  if (args.minimal) {
    if (args.zone.length > 0 || (args.mode !== undefined && args.mode !== 'Preferred'))
      throw new UsageError('--minimal is mode Preferred alone: --mode and --zone do not go with it.');
    context.emit({
      type: 'notice',
      level: 'warning',
      code: 'mode-preferred',
      message:
        'Mode Preferred reimages the nodes of a pool and installs nothing today: it leaves the choice to AKS by Kubernetes version. Mode Required turns LocalDNS on.',
    });
    return { mode: 'Preferred' };
  }
  const repeated = args.zone.find((zone, index) => args.zone.indexOf(zone) !== index);
  if (repeated !== undefined) throw new UsageError(`--zone: '${oneLine(repeated)}' is given twice.`);
  const request = profileForRequest(withZones(withMode(documentedDefault(), args.mode ?? 'Required'), args.zone));
  refuseBadZones(request);
  return request;
}

async function save(context: Context, file: string, force: boolean, text: string): Promise<void> {
  const target = path.resolve(file);
  if (!force && (await context.files.read(target)) !== undefined) {
    throw new CliError({
      code: 'file-exists',
      message: `${oneLine(file)} is there already, and was left alone.`,
      hints: ['--force replaces it.'],
    });
  }
  await context.files.write(target, text, { mode: 0o644 });
  context.say(`Wrote ${oneLine(file)} (${count(text.length, 'byte')}).`);
}

export const run: Run<typeof options> = async (context, args) => {
  const profile: JsonValue = await wanted(context, args);
  const document = `${JSON.stringify(profile, null, 2)}\n`;
  if (args.out === undefined) return { value: profile, document };
  await save(context, args.out, args.force, document);
  return {};
};
