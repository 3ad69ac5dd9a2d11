/** A fact, or why it could not be read. A check with an unknown fact is `unknown` and never passes. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** `why` is one sentence, ready to print, that names the missing permission or step. */
export function notKnown(why: string): Known<never> {
  return { known: false, why };
}
