/** The sign-in methods, by the names that `--sign-in` takes. */
export const signInMethods = [
  'cli',
  'env',
  'workload-identity',
  'managed-identity',
  'pipelines',
  'github',
  'browser',
  'device-code',
] as const;
export type SignInMethod = (typeof signInMethods)[number];
