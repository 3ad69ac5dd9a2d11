import { asString } from '../../core/json.ts';
import type { Cluster, Pool } from '../world.ts';
import type { Exchange } from './exchange.ts';
import { providerError, type Reply } from './reply.ts';

function preconditionFailed(): Reply {
  return providerError(
    412,
    'PreConditionFailed',
    'The precondition given in one or more of the request headers evaluated to false on the server: the eTag does not match.',
  );
}

/**
 * Source: AKS docs, use-etags: the table of If-Match and If-None-Match. The code's spelling on the wire is not
 * recorded.
 */
export function checkETag(exchange: Exchange, pool: Pool | undefined): Reply | undefined {
  return checkConditions(exchange, pool === undefined ? undefined : { eTag: asString(pool.properties['eTag']) });
}

export function checkClusterETag(exchange: Exchange, { resource }: Cluster): Reply | undefined {
  return checkConditions(exchange, { eTag: asString(resource['eTag']) });
}

function checkConditions(
  exchange: Exchange,
  stored: { readonly eTag: string | undefined } | undefined,
): Reply | undefined {
  const { headers } = exchange.request;
  const ifMatch = headers['if-match'] ?? '';
  const ifNoneMatch = headers['if-none-match'] ?? '';
  if (ifMatch !== '' && ifNoneMatch !== '')
    return providerError(400, 'BadRequest', 'If-Match and If-None-Match must not be given together.');
  if (ifNoneMatch !== '' && ifNoneMatch !== '*') return providerError(400, 'BadRequest', 'If-None-Match takes only *.');
  if (ifNoneMatch === '*') return stored === undefined ? undefined : preconditionFailed();
  if (ifMatch === '') return undefined;
  if (stored === undefined) return preconditionFailed();
  return ifMatch === '*' || ifMatch === stored.eTag ? undefined : preconditionFailed();
}
