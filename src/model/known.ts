/** A fact that was read, or why it could not be. What is not known is judged `unknown`, never passed. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** `why` is one sentence, ready to print, that names the right or the step that is missing. */
export function notKnown(why: string): Known<never> {
  return { known: false, why };
}
