/** Names of fields whose values never belong in a log. */
const SECRET_NAME = /authorization|cookie|passw|secret|token|api[-_]?key|account[-_]?number|signature|credential/i;

const REDACTED = "[redacted]";

/** Secrets inside running text: API keys, signing secrets, bearer tokens, a password in a database's address, account numbers. */
const SECRET_TEXT: readonly [RegExp, string][] = [
  [/\bchk_[\w-]{8,}/g, `chk_${REDACTED}`],
  [/\bwhsec_[A-Za-z0-9+/=]+/g, `whsec_${REDACTED}`],
  [/\b(bearer)\s+[^\s"',]+/gi, `$1 ${REDACTED}`],
  [/(\w+:\/\/[^:/@\s]+:)[^@\s]+@/g, `$1${REDACTED}@`],
  // A field's value, as Prisma's messages repeat a query's arguments: `bankAccountNumber: "50100234567812"`.
  [/(account[-_]?number\W{0,4}[:=]\s*)("[^"]*"|'[^']*'|[^\s,;)}]+)/gi, `$1${REDACTED}`],
  // Account numbers have 9 to 18 digits, whatever they are called; the last four are enough to tell them apart. Digits within an
  // id, a time or an amount with decimals stay.
  [/(?<![\w:]|\d\.|[\da-f]{4}-)\d{5,14}(\d{4})(?![\w:]|\.\d|-[\da-f]{4})/g, "XXXX$1"],
];

/** Every pattern above has one of these in it, and hardly any text of the log has. */
const SUSPECT = /chk_|whsec_|bearer|:\/\/|account|\d{9}/i;

/** The text without the secrets that may stand in it. */
export function scrubText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return SECRET_TEXT.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

// The code's own field names, which come again with every line. A message's may be anything: they mustn't fill the memory.
const MOST_NAMES = 500;
const secretNames = new Map<string, boolean>();

function isSecretName(name: string): boolean {
  const known = secretNames.get(name);
  if (known !== undefined) return known;
  const secret = SECRET_NAME.test(name);
  if (secretNames.size < MOST_NAMES && name.length <= 64) secretNames.set(name, secret);
  return secret;
}

const MAX_DEPTH = 6;

/** A copy without secrets: by the fields' names, and by what stands in their text. Anything deeper than six levels is left out. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrubText(value);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (value instanceof Error) return depth === 0 ? { err: value } : value;
  if (depth >= MAX_DEPTH) return "[deeper]";
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecretName(name) ? REDACTED : scrub(item, depth + 1)]),
  );
}

/** An error as the log shows it. Prisma's messages repeat a query's arguments, so the text is scrubbed too. */
export function scrubError(error: unknown): unknown {
  if (!(error instanceof Error)) return scrub(error, 1);
  const { code, meta, cause } = error as Error & { code?: unknown; meta?: unknown };
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(code === undefined ? {} : { code }),
    ...(meta === undefined ? {} : { meta: scrub(meta, 1) }),
    ...(cause === undefined ? {} : { cause: scrubError(cause) }),
    stack: scrubText(error.stack ?? ""),
  };
}
