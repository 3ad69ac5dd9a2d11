/** One HTTP exchange as plain data: what the simulator answers and what the Azure adapter can take as its transport. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute, with its query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Rejects with ConnectionLost where a socket would have been reset. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** The connection ended before an answer arrived; the request may or may not have been carried out. */
export class ConnectionLost extends Error {
  /** Node's error code, `ECONNRESET` unless told otherwise. */
  readonly code: string;

  constructor(message = 'The connection was closed before an answer arrived.', code = 'ECONNRESET') {
    super(message);
    this.name = 'ConnectionLost';
    this.code = code;
  }
}
