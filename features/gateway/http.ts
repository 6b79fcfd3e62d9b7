/** A request as any server can hand it over: the gateway knows no framework. */
export interface GatewayRequest {
  method: string;
  header: (name: string) => string | null;
  /** The raw body, or null as soon as it is longer than `maxBytes`; called at most once. Rejects when the caller breaks off. */
  readBody: (maxBytes: number) => Promise<Uint8Array | null>;
  /** The caller's true address; null when it isn't known. */
  address: string | null;
  requestId: string;
}

export interface GatewayResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}
