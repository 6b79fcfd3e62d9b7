/** What a database that is away, starting, full or cut off looks like: Prisma's codes, PostgreSQL's SQLSTATEs, the socket's. */
const OUTAGE_CODES = new Set([
  ...["P1000", "P1001", "P1002", "P1003", "P1008", "P1011", "P1017", "P2024", "P2028", "P2037"],
  ...["08000", "08001", "08003", "08004", "08006", "08P01", "57P01", "57P02", "57P03"],
  // A server that has just become a standby: another one takes writes.
  "25006",
  // Too many connections; and no room on its disk, no memory, a disk that fails: not a fault of the request, and gone by and by.
  ...["53300", "53100", "53200", "58030"],
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EPIPE", "ENOENT"],
]);

const OUTAGE_KINDS = new Set([
  ...["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TlsConnectionError", "TooManyConnections"],
  ...["AuthenticationFailed", "DatabaseDoesNotExist"],
]);

const OUTAGE_WORDS =
  /could not extend file|connection terminated|timeout exceeded when trying to connect|can't reach database server|server has closed the connection/i;

/**
 * Whether an error means that the database can't be used just now, so that the caller should come again (503, Retry-After).
 * Looks through `cause`, since Prisma's driver adapter wraps what `pg` throws.
 */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, kind, message, cause, meta, errors } = error as Record<string, unknown>;
  if (typeof code === "string" && OUTAGE_CODES.has(code)) return true;
  if (typeof originalCode === "string" && OUTAGE_CODES.has(originalCode)) return true;
  if (typeof kind === "string" && OUTAGE_KINDS.has(kind)) return true;
  if (typeof message === "string" && OUTAGE_WORDS.test(message)) return true;
  const adapterError = (meta as Record<string, unknown> | undefined)?.driverAdapterError;
  const inner = [cause, adapterError, ...(Array.isArray(errors) ? errors : [])];
  return inner.some((each) => isDatabaseAway(each, depth + 1));
}
