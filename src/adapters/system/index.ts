export { runSelf } from './child.ts';
export { systemClock } from './clock.ts';
export { streamLines, systemFiles, systemLargeFiles, tooLarge } from './files.ts';
export { systemIds } from './ids.ts';
export { openLineLog, type LineLog } from './line-log.ts';
export { systemProcesses } from './processes.ts';
export { withTemporaryDirectory } from './temporary.ts';
