/** One HTTP exchange as plain data: the simulator answers it, and the Azure adapter can use it as its transport. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute, with its query string. */
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

/** Rejects with ConnectionLost if a socket would have been reset. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** The connection closed before an answer arrived; the request may or may not have been processed. */
export class ConnectionLost extends Error {
  /** Node's error code; defaults to `ECONNRESET`. */
  readonly code: string;

  constructor(message = 'The connection was closed before an answer arrived.', code = 'ECONNRESET') {
    super(message);
    this.name = 'ConnectionLost';
    this.code = code;
  }
}
