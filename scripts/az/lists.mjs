import { aks } from './aks.mjs';
import { aksWhileBusy } from './aks-while-busy.mjs';

/** What the real az is driven through, by name. */
export const lists = { aks, 'aks-while-busy': aksWhileBusy };
