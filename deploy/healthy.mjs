// Ends with 0 when the address answers with 200, with 1 when it doesn't: for the containers' health checks, whose image has no curl.
const [, , url] = process.argv;
const response = await fetch(url, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
process.exit(response?.status === 200 ? 0 : 1);
