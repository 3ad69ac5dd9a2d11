export { chooseWay, type OpenedKubectl, type Way } from './choose-way.ts';
export { proveContext, requireReachable } from './prove-context.ts';
export { printedRole } from './permissions.ts';
export type { ProbeOptions } from './probe-nodes.ts';
export { exitCodeOf } from './report.ts';
export { verify } from './verify.ts';
