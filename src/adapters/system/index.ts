export { systemClock } from './clock.ts';
export { systemFiles, tooLarge } from './files.ts';
export { systemIds } from './ids.ts';
