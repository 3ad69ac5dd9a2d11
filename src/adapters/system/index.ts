// What starts programs, ./child.ts and ./processes.ts, is for the few commands that do: it brings much of Node along.
export { systemClock } from './clock.ts';
export { systemFiles } from './files.ts';
export { systemIds } from './ids.ts';
export { readStream, streamLines } from './read-file.ts';
export { withTemporaryDirectory } from './temporary.ts';
