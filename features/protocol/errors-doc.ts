import { ERRORS, type ErrorEntry } from "@/features/protocol/errors";

const STATUS_WORDS: readonly (readonly [number, string])[] = [
  [200, "A business answer: the message was well-formed, and the answer is no. `response_code` is 1."],
  [400, "Not a JSON text that can be read in one way only."],
  [401, "The caller is not known."],
  [403, "The caller is known, and may not."],
  [405, "Not a POST."],
  [408, "Too slow."],
  [409, "The same `objectId` with other content. What was taken first stands."],
  [413, "Too large."],
  [415, "Not JSON."],
  [422, "JSON, but not a valid message. `errorField` names the field."],
  [429, "Too fast. Wait for `Retry-After`."],
  [500, "A defect here. Nothing was taken."],
  [503, "Not stored, so not taken. Wait for `Retry-After`."],
];

/** The text of docs/errors.md, made from the one list of error codes. A test compares the two. */
export function errorsDoc(): string {
  const entries: [string, ErrorEntry][] = Object.entries(ERRORS);
  const sections = STATUS_WORDS.map(([status, words]) => {
    const rows = entries
      .filter(([, entry]) => entry.status === status)
      .map(([code, entry]) => [`\`${code}\``, entry.words, entry.remedy] as const);
    return `## HTTP ${status}\n\n${words}\n\n${table([["errorCd", "meaning", "what to do"], ...rows])}`;
  });
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

/** A table in columns of equal width, as the formatter writes tables. */
function table(rows: readonly (readonly [string, string, string])[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const written = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`);
  written.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return written.join("\n");
}

const INTRODUCTION = `# Error codes

Every reply of the four addresses of \`/api/v0\`, errors too, is \`{response_code, response_message, payload}\`; any other address is answered 404. When a message is not taken, \`payload.resp\` says why:
\`errorCd\` is one of the codes below, \`errorDtl\` says it in words for a clerk (often more exactly than the table), and \`errorField\` is the path of the
offending field, such as \`payment.invoicesPayInfos[1].invoicePaymentAmount.totalAmount\`, or empty. \`response_code\` is 1 with HTTP 200, else the HTTP status.
A refused message changed nothing, and is judged afresh when it comes again.

This page is made from \`features/protocol/errors.ts\` by \`errorsDoc\` in \`features/protocol/errors-doc.ts\`; a test fails when they differ, and
\`npx vitest run features/protocol/errors-doc.test.ts -u\` writes it anew.`;
