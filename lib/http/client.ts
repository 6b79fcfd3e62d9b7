import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import type { z } from "zod";
import type { FieldProblem } from "@/lib/errors";
import type { Operation } from "@/lib/http/operation";
import { hearTime } from "@/lib/portal-clock";

/**
 * What the portal's API answered instead of a result; `OFFLINE` when it couldn't be asked at all, `TIMED_OUT` when no answer came in
 * time. `message` is for people.
 */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly requestId?: string,
  ) {
    super(message);
  }

  /** Whether the very same request may succeed when it is sent again. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** For what failed without saying why. */
export const UNKNOWN_PROBLEM = "Something went wrong. Please try again.";

/** What people are told of a request that failed. */
export function problemWords(error: unknown): string {
  return error instanceof ProblemError ? error.message : UNKNOWN_PROBLEM;
}

/** For a request that never arrived. */
function unreachable(): ProblemError {
  const words = "The portal can't be reached just now. Check your connection and try again.";
  return new ProblemError(0, "OFFLINE", words);
}

/** The longest that anybody should look at a spinner, in milliseconds. */
const PATIENCE_MS = 20_000;

/** The code of a call that had no answer in time. */
export const TIMED_OUT = "TIMED_OUT";

/** Ends a call that people wait for when it takes too long, or when `signal` says so. */
export function patience(signal?: AbortSignal): AbortSignal {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** Whether it was a time limit, and not whoever asked, that ended a call. */
const isTimedOut = (signal: AbortSignal) =>
  signal.reason instanceof DOMException && signal.reason.name === "TimeoutError";

/** For a request that had no answer in time: it may have been carried out. */
function tooLate(): ProblemError {
  return new ProblemError(0, TIMED_OUT, "There was no answer in time. Check your connection and try again.");
}

/** What became of a call that got no answer: it never arrived, or nothing came in time. */
export function unanswered(signal: AbortSignal): ProblemError {
  return isTimedOut(signal) ? tooLate() : unreachable();
}

type Values = Record<string, string | number | boolean | readonly (string | number)[] | null | undefined>;

/** The address of an operation: `{name}` filled in, empty values left out of the query, a list as a repeated key. */
export function operationUrl(
  operation: Pick<Operation, "path">,
  params: Record<string, string>,
  query: object = {},
): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query as Values)) {
    const all = Array.isArray(value) ? value : [value];
    for (const each of all) if (each !== undefined && each !== null && each !== "") search.append(name, String(each));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const words = typeof body.detail === "string" ? body.detail : UNKNOWN_PROBLEM;
  const fields = Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [];
  return new ProblemError(
    response.status,
    String(body.code ?? "INTERNAL"),
    words,
    fields,
    String(body.requestId ?? ""),
  );
}

/**
 * Carries out one of the portal's operations from the browser, by its declaration. It is cut off when it takes too long (`patience`),
 * whatever else may end it: a window stays open until its write is answered, and a list is asked for again only when it was.
 *
 *   callApi(addMemberOperation, { params: { business }, body: { email, role } })
 *
 * @throws ProblemError
 */
export async function callApi<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  operation: Operation<P, Q, B, R>,
  input: { params: Record<string, string>; query?: z.input<Q>; body?: z.input<B>; signal?: AbortSignal },
): Promise<z.output<R>> {
  const url = operationUrl(operation, input.params, (input.query ?? {}) as object);
  const sent = input.body === undefined ? {} : { body: JSON.stringify(input.body) };
  const headers = { accept: "application/json", ...(sent.body ? { "content-type": "application/json" } : {}) };
  const signal = patience(input.signal);
  const askedAt = Date.now();
  let response: Response;
  try {
    response = await fetch(url, { method: operation.method, headers, signal, ...sent });
  } catch (error) {
    if (signal.aborted && !isTimedOut(signal)) throw error;
    throw unanswered(signal);
  }
  hearTime(response.headers.get("date"), askedAt);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as z.output<R>;
  try {
    return (await response.json()) as z.output<R>;
  } catch {
    if (isTimedOut(signal)) throw tooLate();
    throw new ProblemError(0, "OFFLINE", "The portal's answer was cut off. Please try again.");
  }
}

/** A problem's path (`lines[1].net`) as react-hook-form names the field (`lines.1.net`). */
export function formFieldName(path: string): string {
  return path.replace(/\[(\d+)\]/g, ".$1");
}

/** The type of a form's `root.server` where it failed because nobody is signed in any more. */
export const SIGNED_OUT = "signed-out";

const isChangedMeanwhile = (error: unknown): boolean =>
  error instanceof ProblemError &&
  error.fields.some(({ path, code }) => path === "version" && code === "CHANGED_MEANWHILE");

/**
 * What to tell of a change that failed. Where somebody else was faster, `onLatest` gets what is there now, so that the form can go on
 * from it.
 */
export async function problemOfChange<T>(
  error: unknown,
  readLatest: () => Promise<T>,
  onLatest: (latest: T) => void,
): Promise<unknown> {
  if (!isChangedMeanwhile(error)) return error;
  try {
    onLatest(await readLatest());
  } catch (unread) {
    return unread;
  }
  const words =
    "Somebody else saved a change while you were at it, so yours is not saved yet. What you typed is still here: look through it, and save again.";
  return new ProblemError(409, "CONFLICT", words);
}

/** Puts a failed request's words beside the form's fields that they are about, and the rest above the form (`root.server`). */
export function showProblem<T extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<T>,
  known: readonly string[],
): void {
  const problem = error instanceof ProblemError ? error : null;
  const fields = problem?.fields.map((field) => ({ ...field, name: formFieldName(field.path) })) ?? [];
  const placed = fields.filter((field) =>
    known.some((name) => field.name === name || field.name.startsWith(`${name}.`)),
  );
  for (const field of placed) setError(field.name as Path<T>, { type: "server", message: field.message });
  if (placed.length < Math.max(1, fields.length)) {
    const type = problem?.status === 401 ? SIGNED_OUT : "server";
    setError("root.server", { type, message: problemWords(error) });
  }
}
