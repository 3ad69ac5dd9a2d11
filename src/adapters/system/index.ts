// What starts programs, ./child.ts and ./processes.ts, is for the few commands that do: it brings much of Node along.
export { systemClock } from './clock.ts';
export { streamLines, systemFiles, systemLargeFiles, tooLarge } from './files.ts';
export { systemIds } from './ids.ts';
export { openLineLog, type LineLog } from './line-log.ts';
export { withTemporaryDirectory } from './temporary.ts';
