import type { z } from "zod";
import { ERRORS, type ErrorCode, type Refusal, refuse } from "@/features/protocol/errors";
import { ExactNumber } from "@/features/protocol/exact-number";
import { fieldWords } from "@/features/protocol/field-words";
import { pathText } from "@/lib/http/issues";
import { TAKEN_YEARS } from "@/lib/time";

type Issue = z.core.$ZodIssue;

/** The refusal for the first thing that a schema found wrong in `input`. */
export function refusalOf(error: z.ZodError, input: unknown): Refusal {
  const [issue] = error.issues;
  if (!issue) return refuse("INTERNAL");
  if (issue.path.length === 0) return refuse("FIELD_TYPE", "", "The message must be one JSON object.");
  const value = issue.path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | null)?.[part], input);
  const code = codeOf(issue, value);
  return refuse(code, pathText(issue.path), wordsFor(code, issue));
}

function codeOf(issue: Issue, value: unknown): ErrorCode {
  if (value === undefined || value === null) return "FIELD_MISSING";
  if (/^(current|new)Version$/.test(String(issue.path.at(-1)))) return "VERSION_INVALID";
  switch (issue.code) {
    case "invalid_type":
      return value instanceof ExactNumber && issue.expected === "number" ? inexactAmount(value) : "FIELD_TYPE";
    case "invalid_value":
      return "FIELD_VALUE";
    case "invalid_format":
      return "FIELD_PATTERN";
    case "too_small":
    case "too_big":
      if (issue.origin === "array") return "LIST_LENGTH";
      if (issue.origin === "string") return "FIELD_LENGTH";
      return issue.code === "too_small" ? "AMOUNT_NEGATIVE" : "AMOUNT_TOO_LARGE";
    case "custom":
      return (issue.params?.code as ErrorCode | undefined) ?? "FIELD_VALUE";
    default:
      return "FIELD_TYPE";
  }
}

/** An amount with more digits than a double holds has them after the point, or before it. */
function inexactAmount(value: ExactNumber): ErrorCode {
  if (value.decimal.startsWith("-")) return "AMOUNT_NEGATIVE";
  return BigInt(value.decimal.split("e")[1] ?? 0) < -2n ? "AMOUNT_DECIMALS" : "AMOUNT_TOO_LARGE";
}

function wordsFor(code: ErrorCode, issue: Issue): string {
  const field = fieldWords(issue.path);
  const subject = field.charAt(0).toUpperCase() + field.slice(1);
  switch (code) {
    case "FIELD_MISSING":
      return `${subject} is missing.`;
    case "FIELD_TYPE":
      return `${subject} holds the wrong kind of value.`;
    case "FIELD_PATTERN":
      return `${subject} ${patternWords(issue)}`;
    case "FIELD_VALUE":
      return issue.code === "invalid_value" ? `${subject} must be ${issue.values.join(" or ")}.` : ERRORS[code].words;
    case "FIELD_LENGTH":
    case "LIST_LENGTH":
      if (issue.code === "too_small") return `${subject} must have at least ${countWords(code, issue.minimum)}.`;
      return issue.code === "too_big"
        ? `${subject} may have at most ${countWords(code, issue.maximum)}.`
        : ERRORS[code].words;
    case "AMOUNT_DECIMALS":
      return `${subject} has more than two decimals.`;
    case "AMOUNT_NEGATIVE":
      return `${subject} is below zero.`;
    case "AMOUNT_TOO_LARGE":
      return `${subject} is larger than this portal handles.`;
    case "TIMESTAMP_INVALID":
      return `${subject} must be written with an offset, as in 2026-11-20T14:05:00+05:30, and be ${TAKEN_YEARS}.`;
    case "VERSION_INVALID":
      return `${subject} must be a whole number from 0 to 9,007,199,254,740,991.`;
    default:
      return ERRORS[code].words;
  }
}

function countWords(code: "FIELD_LENGTH" | "LIST_LENGTH", count: number | bigint): string {
  const [one, many] = code === "LIST_LENGTH" ? ["entry", "entries"] : ["character", "characters"];
  return `${count} ${Number(count) === 1 ? one : many}`;
}

function patternWords(issue: Issue): string {
  const length = issue.code === "invalid_format" ? /\{1,(\d+)\}/.exec(issue.pattern ?? "")?.[1] : undefined;
  return length
    ? `must have 1 to ${length} characters, without double quotes or backslashes.`
    : "must be PMT followed by 32 letters or digits.";
}
