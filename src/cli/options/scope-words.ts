import { UsageError } from '../../core/errors.ts';
import { clip, oneLine, printable } from '../../core/text.ts';
import type { Tag } from '../../model/inventory.ts';

/** Words of the scope options, checked before they become part of a URL or a query. */

/** `West Europe` is what the portal shows and `westeurope` what ARM stores; az takes both. */
export function readLocation(word: string): string {
  const location = word.toLowerCase().replace(/\s+/g, '');
  if (/^[a-z][a-z0-9]{1,59}$/.test(location)) return location;
  throw new UsageError(`--location/-l: '${oneLine(word)}' cannot be the name of a region.`, [
    'Write it as westeurope or "West Europe"; see az account list-locations -o table.',
  ]);
}

const managementGroupPrefix = /^\/providers\/Microsoft\.Management\/managementGroups\//i;

/** Source: ARM, naming rules of Microsoft.Management/managementGroups. Its resource id is taken too. */
export function readManagementGroup(word: string): string {
  const id = word.replace(managementGroupPrefix, '');
  if (/^[A-Za-z0-9](?:[-\w.()]{0,88}[-\w()])?$/.test(id)) return id;
  throw new UsageError(`--management-group: '${oneLine(word)}' cannot be the ID of a management group.`, [
    'An ID has 1 to 90 letters, digits, - _ . ( ), begins with a letter or digit, and does not end with a dot. It is not the display name: see az account management-group list -o table.',
  ]);
}

function hasControls(text: string): boolean {
  return printable(text) !== text || /[\t\n]/.test(text);
}

/** Source: ARM, limits of tags: a key of 512 characters without <>%&\?/, a value of 256. */
export function readTag(word: string): Tag {
  const at = word.indexOf('=');
  const key = (at === -1 ? word : word.slice(0, at)).trim();
  const value = at === -1 ? undefined : word.slice(at + 1);
  const wrong = (why: string): UsageError =>
    new UsageError(`--tag: '${clip(oneLine(word), 80)}': ${why}.`, [
      'Write it as --tag team=shop, or --tag team for any value.',
    ]);
  if (key === '') throw wrong('there is no key');
  if (key.length > 512 || /[<>%&\\?/]/.test(key) || hasControls(key))
    throw wrong('a key has at most 512 characters, and none of < > % & \\ ? /');
  if (value !== undefined && (value.length > 256 || hasControls(value)))
    throw wrong('a value has at most 256 characters, and no control characters');
  return { key, value };
}

/** A name has 63 characters at most; more stars than these are a mistake, and costly to whoever matches them. */
const mostStars = 10;

export function readPattern(word: string): string {
  if ((word.match(/\*+/g) ?? []).length > mostStars)
    throw new UsageError(`--cluster-pattern: '${clip(oneLine(word), 80)}' has more than ${String(mostStars)} times *.`);
  if (/^[-\w*?]{1,128}$/.test(word)) return word;
  throw new UsageError(`--cluster-pattern: '${oneLine(word)}' fits no cluster name.`, [
    "Letters, digits, - and _, with * for any characters and ? for one, such as 'prod-*'.",
  ]);
}
