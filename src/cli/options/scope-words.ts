import { UsageError } from '../../core/errors.ts';
import { clip, oneLine, printable } from '../../core/text.ts';
import { refuseAddress } from '../../model/ids.ts';
import type { Tag } from '../../model/inventory.ts';

/** Values of the scope options, validated before they become part of a URL or a query. */

/** The portal shows `West Europe` and ARM stores `westeurope`; az accepts both. */
export function readLocation(word: string): string {
  const location = word.toLowerCase().replace(/\s+/g, '');
  if (/^[a-z][a-z0-9]{1,59}$/.test(location)) return location;
  throw new UsageError(`--location/-l: '${oneLine(word)}' is not a valid region name.`, [
    'Use the form westeurope or "West Europe". List the regions: az account list-locations -o table',
  ]);
}

const managementGroupPrefix = /^\/providers\/Microsoft\.Management\/managementGroups\//i;

/** Source: ARM, naming rules of Microsoft.Management/managementGroups. The resource ID is also accepted. */
export function readManagementGroup(word: string): string {
  const id = word.replace(managementGroupPrefix, '');
  if (/^[A-Za-z0-9](?:[-\w.()]{0,88}[-\w()])?$/.test(id)) return id;
  refuseAddress('managementGroup', word, '--management-group');
  throw new UsageError(`--management-group: '${oneLine(word)}' is not a valid management group ID.`, [
    'An ID has 1 to 90 letters, digits, - _ . ( ), starts with a letter or digit, and does not end with a dot. It is not the display name. List the groups: az account management-group list -o table',
  ]);
}

function hasControls(text: string): boolean {
  return printable(text) !== text || /[\t\n]/.test(text);
}

/** Source: ARM, limits of tags: a key has at most 512 characters without <>%&\?/, a value at most 256. */
export function readTag(word: string): Tag {
  const at = word.indexOf('=');
  const key = (at === -1 ? word : word.slice(0, at)).trim();
  const value = at === -1 ? undefined : word.slice(at + 1);
  const wrong = (why: string): UsageError =>
    new UsageError(`--tag: '${clip(oneLine(word), 80)}': ${why}.`, [
      'Use --tag team=shop, or --tag team for any value.',
    ]);
  if (key === '') throw wrong('the key is missing');
  if (key.length > 512 || /[<>%&\\?/]/.test(key) || hasControls(key))
    throw wrong('a key has at most 512 characters and must not contain < > % & \\ ? /');
  if (value !== undefined && (value.length > 256 || hasControls(value)))
    throw wrong('a value has at most 256 characters and no control characters');
  return { key, value };
}

/** A name has at most 63 characters; more stars than this are a mistake, and expensive to match. */
const maxStars = 10;

export function readPattern(word: string): string {
  if ((word.match(/\*+/g) ?? []).length > maxStars)
    throw new UsageError(
      `--cluster-pattern: '${clip(oneLine(word), 80)}' contains * more than ${String(maxStars)} times.`,
    );
  if (/^[-\w*?]{1,128}$/.test(word)) return word;
  throw new UsageError(`--cluster-pattern: '${oneLine(word)}' cannot match any cluster name.`, [
    "Use letters, digits, - and _, with * for any characters and ? for one, such as 'prod-*'.",
  ]);
}
