import type { z } from "zod";
import type { FieldCode, FieldProblem } from "@/lib/errors";

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  bigint: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  date: "a date",
};

const FORMATS: Record<string, string> = {
  email: "Write an e-mail address, like name@company.in.",
  url: "Write a web address, like https://example.in.",
  uuid: "This is not a valid id.",
  date: "Write a date as 2026-11-20.",
  datetime: "Write a time with its offset, like 2026-11-20T14:05:00+05:30.",
};

function boundWords(issue: RawIssue): string {
  const small = issue.code === "too_small";
  const bound = Number(small ? issue.minimum : issue.maximum);
  const some = `${small ? "at least" : "at most"} ${bound.toLocaleString("en-IN")}`;
  if (issue.origin === "string") {
    return small && bound === 1
      ? "Please fill this in."
      : `This must have ${some} ${bound === 1 ? "character" : "characters"}.`;
  }
  if (issue.origin === "array" || issue.origin === "set") {
    return small && bound === 1 ? "Add at least one." : `There must be ${some}.`;
  }
  if (issue.inclusive === false)
    return `This must be ${small ? "more" : "less"} than ${bound.toLocaleString("en-IN")}.`;
  return `This must be ${some}.`;
}

/**
 * zod's issues in words that a clerk understands: an error map for one parse (`schema.safeParse(data, { error: issueWords })`),
 * on the server and in forms. A schema's own message comes first.
 */
export function issueWords(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined || issue.input === null) return "Please fill this in.";
      return `This must be ${KINDS[issue.expected] ?? "of another kind"}.`;
    case "too_small":
    case "too_big":
      return boundWords(issue);
    case "invalid_format":
      return FORMATS[issue.format] ?? "This is not written as expected.";
    case "invalid_value":
      return issue.values.length === 1
        ? `This must be ${String(issue.values[0])}.`
        : `Choose one of: ${issue.values.map(String).join(", ")}.`;
    case "unrecognized_keys":
      return "There is no such field.";
    case "not_multiple_of":
      return `This must be a multiple of ${issue.divisor}.`;
    default:
      return "This is not valid.";
  }
}

/** A path as people and software write it: `lines[1].net`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? String(step) : `${text}.${String(step)}`;
  }, "");
}

const CODES: Record<string, FieldCode> = {
  invalid_type: "WRONG_TYPE",
  too_small: "TOO_SMALL",
  too_big: "TOO_BIG",
  invalid_format: "WRONG_FORMAT",
  invalid_value: "NOT_ALLOWED",
  unrecognized_keys: "UNKNOWN_FIELD",
};

function codeOf(issue: Issue): FieldCode {
  if ((issue.code === "invalid_type" || issue.code === "invalid_value") && issue.input === undefined) return "REQUIRED";
  return CODES[issue.code] ?? "INVALID";
}

/** How likely it is that a value was meant for this alternative of a union: not when it is of another kind, but when only a member is wrong. */
function likeness([issue]: readonly Issue[]): number {
  if (!issue || issue.code === "invalid_type") return 0;
  if (issue.path.length > 0) return 3;
  return issue.code === "invalid_value" ? 1 : 2;
}

/** Of a union, what is wrong with the alternative that was probably meant: "none fits" would tell nobody what to write. */
function meant(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const [closest = []] = [...issue.errors].sort((a, b) => likeness(b) - likeness(a));
  return closest.length > 0 ? closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) : [issue];
}

/** A schema's own words are for a form that shows the choices; whoever writes a program is told them. */
function messageOf(issue: Issue): string {
  if (issue.code !== "invalid_value" || issue.values.some((value) => issue.message.includes(String(value))))
    return issue.message;
  return `${issue.message} It is one of: ${issue.values.map(String).join(", ")}.`;
}

/** A failed parse as field problems: an unknown field is named itself, not the object that it stands in. */
export function fieldProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.flatMap(meant).flatMap((issue): FieldProblem[] => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ path: pathText(path), message: messageOf(issue), code: codeOf(issue) }));
  });
}
