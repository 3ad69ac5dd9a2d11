import type { Exchange } from './exchange.ts';
import { gatewayError, type Reply } from './reply.ts';

/** In Azure RBAC, `*` stands for any text. */
export function isGranted(grants: readonly string[], action: string): boolean {
  return grants.some((grant) => {
    const pattern = grant
      .toLowerCase()
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${pattern}$`).test(action.toLowerCase());
  });
}

export function authorizationFailed(exchange: Exchange, action: string): Reply {
  const { caller, url } = exchange;
  return gatewayError(
    403,
    'AuthorizationFailed',
    `The client '${caller.objectId}' with object id '${caller.objectId}' does not have authorization to perform action '${action}' over scope '${url.pathname}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}
