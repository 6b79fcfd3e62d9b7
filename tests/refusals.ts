import { expect } from "vitest";
import { ERRORS } from "@/features/protocol/errors";
import type { Operation } from "@/features/protocol/schema";
import { type Call, callGateway, NOW, refusalIn, snapshot } from "@/tests/gateway";
import { prisma } from "@/tests/prisma";

// Every business "no" of docs/errors.md, on every path that can give it: the code, the field, nothing changed, and the message kept.

/** A message that is to be refused, and the path that it goes to. */
export interface Refused {
  operation: Operation;
  call: Call;
}

/** Which business answers each file of tests has to come to; together they are all that are published. */
const TO_BE_SEEN = {
  payments: [
    "UNKNOWN_BUYER",
    "UNKNOWN_SUPPLIER",
    "SAME_PARTY",
    "INVOICE_NOT_FOUND",
    "INVOICE_NOT_PAYABLE",
    "INVOICE_MISMATCH",
    "EXCEEDS_DUE",
    "PAYMENT_NOT_FOUND",
    "PAYMENT_MISMATCH",
  ],
  confirmations: ["REJECT_NOT_ALLOWED", "NOT_AWAITING", "INVOICE_MISMATCH", "EXCEEDS_DUE", "PAYMENT_NOT_FOUND"],
  businesses: ["ALREADY_ANSWERED", "REJECT_NOT_ALLOWED", "INVOICE_NOT_FOUND", "EXCEEDS_DUE", "SAME_PARTY"],
} as const satisfies Record<string, readonly (keyof typeof ERRORS)[]>;

const seen = new Set<string>();

/** For after a file's tests: that they came to all of their codes, and that none of the published is nobody's. */
export function expectSeen(file: keyof typeof TO_BE_SEEN): void {
  const business = Object.entries(ERRORS).flatMap(([code, { status }]) => (status === 200 ? [code] : []));
  expect(new Set<string>(Object.values(TO_BE_SEEN).flat())).toEqual(new Set(business));
  expect(TO_BE_SEEN[file].filter((code) => !seen.has(code))).toEqual([]);
}

/** Sends it, and looks at all that a refusal has to be. @returns the answer, and the message as it was kept */
export async function expectRefused({ operation, call }: Refused, code: keyof typeof ERRORS, field: string) {
  const before = await snapshot();
  const answer = await callGateway(operation, call);
  seen.add(code);
  const { status } = ERRORS[code];
  expect(refusalIn(answer)).toEqual({ code, field });
  expect(answer.status).toBe(status);
  expect(answer.json.response_code).toBe(status === 200 ? 1 : status);
  expect(answer.json.response_message).not.toBe("");
  expect(await snapshot()).toEqual(before);

  const kept = await prisma.refusedMessage.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(kept).toMatchObject({ operation, status, errorCd: code, errorField: field, receivedAt: NOW });
  expect(JSON.parse(kept.body)).toEqual(call.body);
  return { answer, kept };
}

export type Case = [name: string, code: keyof typeof ERRORS, field: string, make: () => Promise<Refused>];

export const LINE = "payment.invoicesPayInfos";

export const CONFIRMATION = "paymentConfirmation";
