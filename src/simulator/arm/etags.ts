import { asString } from '../../core/json.ts';
import type { Pool } from '../world.ts';
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
  const { headers } = exchange.request;
  const ifMatch = headers['if-match'] ?? '';
  const ifNoneMatch = headers['if-none-match'] ?? '';
  if (ifMatch !== '' && ifNoneMatch !== '')
    return providerError(400, 'BadRequest', 'If-Match and If-None-Match must not be given together.');
  if (ifNoneMatch !== '' && ifNoneMatch !== '*') return providerError(400, 'BadRequest', 'If-None-Match takes only *.');
  if (ifNoneMatch === '*') return pool === undefined ? undefined : preconditionFailed();
  if (ifMatch === '') return undefined;
  if (pool === undefined) return preconditionFailed();
  return ifMatch === '*' || ifMatch === asString(pool.properties['eTag']) ? undefined : preconditionFailed();
}
