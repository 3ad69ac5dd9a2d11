export { privateKubeconfig, readUserCredentials } from './kubeconfig.ts';
export { localKubectl } from './local.ts';
export { runCommandKubectl } from './run-command.ts';
