import type { JsonValue } from '../../../src/core/json.ts';
import { readProfile, type ProfileDocument } from '../../../src/domain/localdns/index.ts';

export function read(text: string, purpose: 'add' | 'update' = 'update'): ProfileDocument {
  return readProfile(new TextEncoder().encode(text), purpose);
}

/** Findings in a short form: `L002 2:5 kubeDNSOverrides["."].protocl -> protocol`. */
export function findingsOf(text: string, purpose: 'add' | 'update' = 'update'): readonly string[] {
  return read(text, purpose).findings.map(
    ({ rule, severity, line, column, path, instead }) =>
      `${rule} ${severity} ${String(line)}:${String(column)} ${path}${instead === undefined ? '' : ` -> ${instead}`}`,
  );
}

export const goodZones: Readonly<Record<string, JsonValue>> = { '.': {}, 'cluster.local': {} };

/** A valid file with both maps; `zones` are added to the map. */
export function file(map: 'vnetDNSOverrides' | 'kubeDNSOverrides', zones: Readonly<Record<string, JsonValue>>): string {
  return JSON.stringify({
    mode: 'Required',
    vnetDNSOverrides: goodZones,
    kubeDNSOverrides: goodZones,
    [map]: { ...goodZones, ...zones },
  });
}

/** The violated rules. */
export function rulesOf(text: string, purpose: 'add' | 'update' = 'update'): readonly string[] {
  return read(text, purpose).findings.map(({ rule, severity }) => `${rule} ${severity}`);
}
