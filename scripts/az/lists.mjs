import { account } from './account.mjs';
import { aks } from './aks.mjs';
import { aksWhileBusy } from './aks-while-busy.mjs';
import { governance, policy } from './governance.mjs';
import { network } from './network.mjs';

/** The lists of commands that the real az runs, by name. */
export const lists = { aks, 'aks-while-busy': aksWhileBusy, network, governance, policy, account };
