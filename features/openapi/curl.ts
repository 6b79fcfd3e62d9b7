import type { ApiDocument, ApiOperation } from "@/features/openapi/document";
import { type Taken, V1_TAKEN } from "@/features/openapi/v1-examples";

/** As the shell has it: what is taken from another reply is a variable, which only double quotes leave one. */
function addressed(url: string, taken: readonly Taken[]): string {
  const used = taken.filter(({ value }) => url.includes(encodeURIComponent(value)));
  if (used.length === 0) return quoted(url);
  return `"${used.reduce((text, { value, variable }) => text.replace(encodeURIComponent(value), `$${variable}`), url)}"`;
}

const withVariables = (body: string, taken: readonly Taken[]) =>
  taken.reduce((text, { value, variable }) => text.replaceAll(value, `'"$${variable}"'`), body);

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The first example of a request's body, or undefined when it has none. */
function exampleBody(operation: ApiOperation): unknown {
  const [media] = Object.values(operation.requestBody?.content ?? {});
  return Object.values(media?.examples ?? {})[0]?.value;
}

/** What says who calls, each in a variable of the shell: an API key, else the network's signature, else what a browser sends. */
function credentials(document: ApiDocument, method: string, { security }: ApiOperation): string[] {
  const schemes = new Set(security.flatMap((scheme) => Object.keys(scheme)));
  if (schemes.has("apiKey")) return ['-H "Authorization: Bearer $CHUKTA_KEY"'];
  if (schemes.has("networkSignature"))
    return ["id", "timestamp", "signature"].map((name) => `-H "webhook-${name}: $WEBHOOK_${name.toUpperCase()}"`);
  const origin = method === "get" ? [] : [`-H ${quoted(`Origin: ${document.servers[0]?.url ?? ""}`)}`];
  return ['-H "Cookie: $CHUKTA_COOKIE"', ...origin];
}

/** An operation as a line for the shell. */
export function curlOf(document: ApiDocument, path: string, method: string, operation: ApiOperation): string {
  const parameters = operation.parameters ?? [];
  const taken = V1_TAKEN[operation.operationId] ?? [];
  const exampleOf = (name: string) => {
    const schema = parameters.find((parameter) => parameter.name === name)?.schema;
    return String(schema?.examples?.[0] ?? schema?.enum?.[0] ?? name);
  };
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(exampleOf(name)));
  const query = parameters
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map(({ name }) => `${name}=${encodeURIComponent(exampleOf(name))}`)
    .join("&");
  const url = `${document.servers[0]?.url ?? ""}${address}${query ? `?${query}` : ""}`;
  const body = exampleBody(operation);
  return [
    `curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}${addressed(url, taken)}`,
    ...credentials(document, method, operation),
    ...(body === undefined
      ? []
      : ["-H 'Content-Type: application/json'", `-d ${withVariables(quoted(JSON.stringify(body, null, 2)), taken)}`]),
  ].join(" \\\n  ");
}
