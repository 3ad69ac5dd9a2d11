/**
 * The meaning of connection failures. Source: Node.js docs, `errors` (common system errors) and `tls`; OpenSSL verify
 * codes.
 */
export interface ConnectionRule {
  readonly codes: readonly string[];
  readonly meaning: string;
  /** True if the request cannot have left this machine: nothing was processed. */
  readonly neverLeft: boolean;
  /** Whether a retry can help. */
  readonly retry: boolean;
  /** The maximum number of attempts, if fewer than usual are useful. */
  readonly maxAttempts?: number;
  /** True if there was an answer that could not be used, so the network works. */
  readonly answered?: true;
  readonly hint: string;
}

const network =
  'Check the network connection and the proxy settings (HTTPS_PROXY, and NO_PROXY for hosts that bypass the proxy).';

const connectionRules: readonly ConnectionRule[] = [
  { codes: ['ENOTFOUND'], meaning: 'the name could not be resolved', neverLeft: true, retry: true, hint: network },
  { codes: ['EAI_AGAIN'], meaning: 'name resolution failed temporarily', neverLeft: true, retry: true, hint: network },
  { codes: ['ECONNREFUSED'], meaning: 'the connection was refused', neverLeft: true, retry: true, hint: network },
  {
    codes: ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'],
    meaning: 'the network is unreachable',
    neverLeft: true,
    retry: true,
    hint: network,
  },
  {
    codes: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_UNTRUSTED',
    ],
    meaning: 'its certificate is not signed by a trusted authority',
    neverLeft: true,
    retry: false,
    hint: 'If a proxy inspects TLS traffic, set NODE_EXTRA_CA_CERTS to the file with its certificate.',
  },
  {
    codes: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    meaning: 'its certificate is not valid for the current time or the host name',
    neverLeft: true,
    retry: false,
    hint: "Check this machine's clock, and whether a proxy answers instead of the server.",
  },
  {
    codes: ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ABORT_ERR'],
    meaning: 'the request timed out',
    neverLeft: false,
    retry: true,
    hint: network,
  },
  {
    codes: ['TIMEOUT'],
    meaning: 'no complete response arrived within a minute',
    neverLeft: false,
    retry: true,
    maxAttempts: 3,
    hint: network,
  },
  {
    codes: ['ANSWER_TOO_LARGE'],
    answered: true,
    meaning: 'the response was larger than 64 MiB and was not read further',
    neverLeft: false,
    retry: false,
    hint: 'A proxy may answer in its place: check HTTPS_PROXY and NO_PROXY. Otherwise try again with a narrower scope.',
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'PARSE_ERROR', 'REQUEST_SEND_ERROR'],
    meaning: 'the connection was closed before a response arrived',
    neverLeft: false,
    retry: true,
    hint: network,
  },
];

const otherwise: ConnectionRule = {
  codes: [],
  meaning: 'the connection failed',
  neverLeft: false,
  retry: true,
  hint: network,
};

export function connectionRule(code: string): ConnectionRule {
  return connectionRules.find((rule) => rule.codes.includes(code)) ?? otherwise;
}
