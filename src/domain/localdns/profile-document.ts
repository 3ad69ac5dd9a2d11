import { count } from '../../core/text.ts';
import type { LocalDnsMode, LocalDnsOverride, LocalDnsOverrides, LocalDnsProfile } from '../../model/profile.ts';
import type { ProfileDraft, ZoneDraft } from './draft.ts';
import { decode } from './encoding.ts';
import { Findings, type ProfileFinding } from './findings.ts';
import type { JsonNode } from './json-tree.ts';
import { membersOf, parse, typeName } from './json-tree.ts';
import { draftOf } from './profile-reader.ts';
import { profileRules } from './rules/index.ts';
import type { ProfileRule } from './rules/rule.ts';
import { memberPath, quoted } from './text.ts';

/** Larger files are rejected without reading them. */
export const maxFileBytes = 1_048_576;

export interface ProfileDocument {
  /** Undefined if any finding is a `fail`. */
  readonly profile: LocalDnsProfile | undefined;
  /** Sorted by position. */
  readonly findings: readonly ProfileFinding[];
}

const start = { offset: 0, path: '$' };

/** Reads a localdnsconfig.json and reports all errors with their positions. Never throws, for any bytes. */
export function readProfile(bytes: Uint8Array, purpose: 'add' | 'update'): ProfileDocument {
  return readBy(bytes, purpose, profileRules);
}

/** The same with the given rules, in addition to the errors that the reader itself reports. */
export function readBy(bytes: Uint8Array, purpose: 'add' | 'update', rules: readonly ProfileRule[]): ProfileDocument {
  const findings = new Findings();
  if (bytes.byteLength > maxFileBytes) {
    findings.report('R001', {
      place: start,
      what: `The file has ${count(bytes.byteLength, 'byte')}, more than ${String(maxFileBytes)}`,
    });
    return { profile: undefined, findings: findings.locatedIn('') };
  }
  const decoded = decode(bytes);
  if (!('text' in decoded)) {
    findings.report('R002', { place: { offset: decoded.prefix.length, path: '$' }, what: decoded.wrong });
    return { profile: undefined, findings: findings.locatedIn(decoded.prefix) };
  }
  const draft = readText(decoded.text, findings, purpose, rules);
  const profile =
    draft === undefined || draft.mode === undefined || findings.failed ? undefined : profileOf(draft, draft.mode);
  return { profile, findings: findings.locatedIn(decoded.text) };
}

function readText(
  text: string,
  findings: Findings,
  purpose: 'add' | 'update',
  rules: readonly ProfileRule[],
): ProfileDraft | undefined {
  const { root, tooDeep, syntax } = parse(text);
  for (const hit of syntax) findings.report('R003', hit);
  if (tooDeep !== undefined)
    findings.report('R005', {
      place: { offset: tooDeep, path: '$' },
      what: 'Braces and brackets are nested too deeply here',
    });
  if (root === undefined) return undefined;
  if (root.type !== 'object') {
    findings.report('R004', {
      place: { offset: root.offset, path: '$' },
      what: `The file is ${typeName(root)}, not an object`,
    });
    return undefined;
  }
  reportDuplicates(root, '$', findings);
  const draft = draftOf({ text, findings }, root, purpose);
  for (const rule of rules) {
    for (const hit of rule.judge?.(draft) ?? []) findings.add(rule, hit);
  }
  return draft;
}

/** Reports duplicate keys at every level, including below unknown keys. */
function reportDuplicates(node: JsonNode, path: string, findings: Findings): void {
  if (node.type === 'array') {
    for (const [index, item] of (node.children ?? []).entries())
      reportDuplicates(item, `${path}[${String(index)}]`, findings);
    return;
  }
  const seen = new Set<string>();
  for (const { key, keyOffset, value } of node.type === 'object' ? membersOf(node) : []) {
    if (seen.has(key)) reportSecond(keyOffset, path, key, findings);
    seen.add(key);
    if (value?.children !== undefined) reportDuplicates(value, memberPath(path, key), findings);
  }
}

function reportSecond(offset: number, path: string, key: string, findings: Findings): void {
  findings.report('R006', () => ({
    place: { offset, path: memberPath(path, key) },
    what: `The key ${quoted(key)} is repeated here`,
  }));
}

function profileOf(draft: ProfileDraft, mode: LocalDnsMode): LocalDnsProfile {
  const maps = draft.maps.flatMap(({ map, zones }) =>
    zones === undefined ? [] : [[map, overridesOf(zones)] as const],
  );
  return { mode, ...Object.fromEntries(maps) };
}

function overridesOf(zones: readonly ZoneDraft[]): LocalDnsOverrides {
  return Object.fromEntries(zones.map((zone) => [zone.name, overrideOf(zone)]));
}

function overrideOf(zone: ZoneDraft): LocalDnsOverride {
  return {
    ...Object.fromEntries([...zone.settings].map(([name, { value }]) => [name, value])),
    ...zone.newer.value,
  };
}
