import { asString, own, parseJson, type JsonValue } from '../../../core/json.ts';
import { oneLine } from '../../../core/text.ts';
import type { Principal } from '../../../model/registration.ts';
import { parseResourceId } from '../../../model/ids.ts';

/** The claims of a JWT, not verified: they are only displayed. Undefined if the text is not a JWT. */
function claimsOf(token: string): JsonValue | undefined {
  const payload = token.split('.')[1];
  return payload === undefined ? undefined : parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
}

/** The identity that a token represents. Source: Entra docs, access token claims reference. */
export function readPrincipal(token: string): Principal {
  const claims = claimsOf(token);
  const claim = (...names: readonly string[]): string | undefined => {
    const found = names.map((name) => asString(own(claims, name))).find((value) => value !== undefined && value !== '');
    return found === undefined ? undefined : oneLine(found);
  };
  const common = { objectId: claim('oid'), tenantId: claim('tid') ?? '' };
  const identity = claim('xms_mirid');
  const user = claim('upn', 'unique_name', 'preferred_username', 'email');
  const application = claim('appid', 'azp', 'client_id');
  if (identity !== undefined) {
    return { ...common, kind: 'managed-identity', name: parseResourceId(identity)?.names.at(-1) ?? identity };
  }
  if (user !== undefined && claim('idtyp') !== 'app') return { ...common, kind: 'user', name: user };
  if (claim('idtyp') === 'app' || (application !== undefined && claim('scp') === undefined)) {
    return { ...common, kind: 'service-principal', name: application ?? claim('sub') ?? 'unknown' };
  }
  return { ...common, kind: 'unknown', name: claim('name', 'sub', 'oid') ?? 'unknown' };
}
