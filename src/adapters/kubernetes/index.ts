export { localKubectl } from './local.ts';
