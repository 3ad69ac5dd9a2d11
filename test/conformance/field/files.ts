import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/field/', import.meta.url));

/** Why rows about inputs from the field are skipped, said aloud; undefined where they are there. */
export const fieldMissing = existsSync(folder) ? undefined : '(skipped: no field files beside this checkout)';

export function fieldBytes(name: string): Uint8Array {
  return readFileSync(`${folder}${name}`);
}
