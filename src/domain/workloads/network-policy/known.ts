/** Undefined where something decides that is not known. */
export type Known = boolean | undefined;

export const or = (values: readonly Known[]): Known =>
  values.includes(true) ? true : values.includes(undefined) ? undefined : false;

export const and = (values: readonly Known[]): Known =>
  values.includes(false) ? false : values.includes(undefined) ? undefined : true;
