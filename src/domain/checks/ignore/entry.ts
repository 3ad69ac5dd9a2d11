/** An entry of an ignore file. Texts are on one line, ready to print. */
export interface IgnoreEntry {
  /** Its place in the file, from 1. */
  readonly number: number;
  /** Of a check. */
  readonly id: string;
  /** A glob on the resource id; undefined: everywhere. */
  readonly scope: string | undefined;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, `2027-01-31`, by UTC. */
  readonly expires: string;
}

/** The day of a moment (milliseconds since the epoch), by UTC. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

export function isExpired(entry: IgnoreEntry, today: string): boolean {
  return entry.expires < today;
}
