// ./child.ts and ./processes.ts, which start programs, are imported only by the few commands that do: they load much of
// Node.
export { systemClock } from './clock.ts';
export { systemFiles } from './files.ts';
export { systemIds } from './ids.ts';
export { readStream, streamLines } from './read-file.ts';
