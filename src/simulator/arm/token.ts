import { createHmac } from 'node:crypto';
import { asNumber, asString, isJsonObject, own, parseJson, type JsonObject } from '../../core/json.ts';
import type { World } from '../world.ts';
import type { Caller } from './exchange.ts';
import { gatewayError, type Reply } from './reply.ts';

export const homeTenantId = '7c0ffee0-0000-4000-8000-00000000da7a';

export interface TokenOptions {
  readonly caller?: string;
  readonly lifetimeSeconds?: number;
  readonly resource?: string;
}

const defaultCaller = 'operator';
/** The caller that the managed identity endpoint signs in. */
export const managedIdentityCaller = 'managed-identity';

const audiences = ['https://management.azure.com', 'https://management.core.windows.net'];

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function signature(world: World, content: string): string {
  return createHmac('sha256', world.signingKey).update(content).digest('base64url');
}

/** The same name gives the same principal. */
export function objectIdOf(caller: string): string {
  const hex = createHmac('sha256', 'object-id').update(caller).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function identityClaims(caller: string): JsonObject {
  const oid = objectIdOf(caller);
  if (caller === managedIdentityCaller) {
    const appid = objectIdOf(`${caller}-application`);
    return {
      oid,
      sub: oid,
      appid,
      appidacr: '2',
      idtyp: 'app',
      xms_mirid: `/subscriptions/simulated/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${caller}`,
    };
  }
  return {
    oid,
    sub: oid,
    upn: `${caller}@contoso.example`,
    name: caller,
    idtyp: 'user',
    appid: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  };
}

/** A token in the shape of Entra ID's, signed with the simulator's own key. */
export function issueToken(world: World, options: TokenOptions = {}): { token: string; expiresOn: number } {
  const issued = Math.floor(world.now() / 1000);
  const expires = issued + (options.lifetimeSeconds ?? 86_400);
  const claims: JsonObject = {
    aud: options.resource ?? 'https://management.azure.com/',
    iss: `https://sts.windows.net/${homeTenantId}/`,
    iat: issued,
    nbf: issued,
    exp: expires,
    tid: homeTenantId,
    ver: '1.0',
    ...identityClaims(options.caller ?? defaultCaller),
  };
  const content = `${base64url(JSON.stringify({ typ: 'JWT', alg: 'HS256', kid: 'simulator' }))}.${base64url(JSON.stringify(claims))}`;
  return { token: `${content}.${signature(world, content)}`, expiresOn: expires };
}

function refused(code: string, message: string, challenge: string): Reply {
  const authority = `Bearer authorization_uri="https://login.microsoftonline.com/${homeTenantId}"`;
  return gatewayError(401, code, message, { headers: { 'www-authenticate': `${authority}${challenge}` } });
}

export function expiredToken(): Reply {
  return refused(
    'ExpiredAuthenticationToken',
    'The access token expiry UTC time is earlier than current UTC time.',
    ', error="invalid_token", error_description="The access token has expired."',
  );
}

function isAudience(world: World, audience: string): boolean {
  return [...audiences, world.origin].some((known) => audience === known || audience === `${known}/`);
}

/** The claims of a token that this simulator signed; undefined for any other. */
function claimsOf(world: World, authorization: string): JsonObject | undefined {
  const [, header = '', payload = '', mark = ''] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization) ?? [];
  if (mark === '' || mark !== signature(world, `${header}.${payload}`)) return undefined;
  const claims = parseJson(Buffer.from(payload, 'base64url').toString());
  return isJsonObject(claims) ? claims : undefined;
}

/** Who a token for something other than ARM belongs to; undefined if it is not valid there. */
export function callerOf(
  world: World,
  authorization: string | undefined,
  accepted: readonly string[],
): { readonly name: string } | undefined {
  const claims = claimsOf(world, authorization ?? '');
  const expires = asNumber(own(claims, 'exp')) ?? 0;
  if (expires * 1000 <= world.now() || !accepted.includes(asString(own(claims, 'aud')) ?? '')) return undefined;
  return { name: asString(own(claims, 'upn')) ?? asString(own(claims, 'oid')) ?? '' };
}

/** The caller of a bearer token, or the 401 that ARM answers. */
export function authenticate(world: World, authorization: string | undefined, now: number): Caller | Reply {
  if (authorization === undefined) {
    return refused('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.", '');
  }
  const invalid = refused(
    'InvalidAuthenticationToken',
    'The access token is invalid.',
    ', error="invalid_token", error_description="Could not find identity for access token."',
  );
  const claims = claimsOf(world, authorization);
  const objectId = asString(own(claims, 'oid'));
  const expires = asNumber(own(claims, 'exp'));
  if (objectId === undefined || expires === undefined) return invalid;
  if (expires * 1000 <= now) return expiredToken();
  if (!isAudience(world, asString(own(claims, 'aud')) ?? '')) {
    return refused(
      'InvalidAuthenticationTokenAudience',
      'The access token has been obtained for wrong audience or resource.',
      ', error="invalid_token"',
    );
  }
  return { objectId, tenantId: homeTenantId };
}
