/** The exit codes as data; the docs, the help and the tests read this table. */
export interface ExitCodeRecord {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
  /** No command gives it yet. */
  readonly reserved?: true;
}

export const exitCodes = [
  { code: 0, name: 'ok', meaning: 'Success, including when there was nothing to do.' },
  { code: 1, name: 'error', meaning: 'An error occurred, or the confirmation prompt was declined.' },
  {
    code: 2,
    name: 'usage',
    meaning:
      'Incorrect usage: an unknown command or option, a missing or invalid argument, an invalid --query, or --yes is required.',
  },
  { code: 3, name: 'not-found', meaning: 'A resource or file was not found.' },
  { code: 4, name: 'not-permitted', meaning: 'Not signed in, or permission denied.' },
  { code: 10, name: 'findings', meaning: 'Findings at or above --fail-on; nothing was changed.' },
  { code: 11, name: 'unknown', meaning: 'Something could not be evaluated; nothing was changed.' },
  {
    code: 12,
    name: 'changes-pending',
    meaning: 'Differences or pending changes were found (only with --detailed-exitcode).',
  },
  { code: 13, name: 'waiting', meaning: 'Still waiting; the message contains the command to continue.' },
  { code: 14, name: 'stopped', meaning: 'A rollout was stopped by its threshold.', reserved: true },
  { code: 15, name: 'some-failed', meaning: 'Some of several targets failed.' },
  {
    code: 16,
    name: 'locked',
    meaning: 'Another operation is in progress, or another process holds the lock; nothing was changed.',
  },
  {
    code: 17,
    name: 'stale',
    meaning: 'The node pool changed after it was agreed to, or a saved plan is out of date; nothing was sent.',
  },
  {
    code: 18,
    name: 'unproven',
    meaning: 'The change was made, but verification failed: not stored as sent, or another field changed as well.',
  },
  {
    code: 130,
    name: 'interrupted',
    meaning: 'Interrupted (Ctrl-C); state is saved and the Azure operation continues.',
  },
  {
    code: 143,
    name: 'terminated',
    meaning: 'Terminated (SIGTERM); state is saved and the Azure operation continues.',
  },
] as const satisfies readonly ExitCodeRecord[];

export type ExitCodeName = (typeof exitCodes)[number]['name'];
export type ExitCode = (typeof exitCodes)[number]['code'];

const byName = new Map<ExitCodeName, ExitCode>(exitCodes.map((record) => [record.name, record.code]));

export function exitCode(name: ExitCodeName): ExitCode {
  const code = byName.get(name);
  if (code === undefined) throw new Error(`No exit code is named ${name}.`);
  return code;
}

/**
 * The combined exit code of several tasks; undefined if none failed. `failures` holds the exit codes of the tasks that
 * failed, out of `all` tasks. If all failed the same way, that code; if some succeeded, `some`.
 */
export function exitOfSeveral(
  failures: readonly ExitCodeName[],
  all: number,
  some: ExitCodeName = 'some-failed',
): ExitCodeName | undefined {
  const [first] = failures;
  if (first === undefined) return undefined;
  if (failures.length < all) return some;
  return failures.every((each) => each === first) ? first : 'error';
}
