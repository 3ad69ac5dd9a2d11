/** The exit codes, as data: docs, help and tests walk this table. */
export interface ExitCodeRecord {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
}

export const exitCodes = [
  { code: 0, name: 'ok', meaning: 'Done; also when there was nothing to do.' },
  { code: 1, name: 'error', meaning: 'An error, or the question was answered no.' },
  {
    code: 2,
    name: 'usage',
    meaning: 'Wrong usage: unknown command or option, missing or bad argument, bad --query, consent needed.',
  },
  { code: 3, name: 'not-found', meaning: 'A resource or a file was not found.' },
  { code: 4, name: 'not-permitted', meaning: 'Not signed in, or not permitted.' },
  { code: 10, name: 'findings', meaning: 'Findings at or above --fail-on; nothing was changed.' },
  { code: 11, name: 'unknown', meaning: 'Something could not be evaluated; nothing was changed.' },
  {
    code: 12,
    name: 'changes-pending',
    meaning: 'There are differences or pending changes (only with --detailed-exitcode).',
  },
  { code: 13, name: 'waiting', meaning: 'Still waiting; the message has the line that continues.' },
  { code: 14, name: 'stopped', meaning: 'A rollout was stopped by its threshold.' },
  { code: 15, name: 'some-failed', meaning: 'Some of several failed.' },
  { code: 16, name: 'locked', meaning: 'A lock is held by someone else.' },
  { code: 17, name: 'stale', meaning: 'A saved plan no longer fits what is there.' },
  { code: 18, name: 'unproven', meaning: 'Changed, but the proof failed.' },
  {
    code: 130,
    name: 'interrupted',
    meaning: 'Interrupted (Ctrl-C); state is saved and the operation in Azure goes on.',
  },
  {
    code: 143,
    name: 'terminated',
    meaning: 'Terminated (SIGTERM); state is saved and the operation in Azure goes on.',
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
 * How several pieces of work ended together; undefined where none failed. `failures`: how those that failed did, of
 * `all`; where all failed alike, as they did. `some`: where others went well.
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
