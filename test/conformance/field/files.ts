import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/field/', import.meta.url));

/** Why the field cases are skipped, for the test title; undefined if the files exist. */
export const fieldMissing = existsSync(folder) ? undefined : '(skipped: no field files next to this checkout)';

export const fieldFiles = (): readonly string[] => readdirSync(folder).sort();

export function fieldBytes(name: string): Uint8Array {
  return readFileSync(`${folder}${name}`);
}

export function fieldText(name: string): string {
  return readFileSync(`${folder}${name}`, 'utf8');
}
