/** The ids of a message that may be invalid, as far as they can be made out: to file it under, never to act on. */
export interface PeekedIds {
  readonly buyerB2BId: string | null;
  readonly supplierB2BId: string | null;
  readonly objectId: string | null;
}

/** Reads the ids out of any parsed JSON value; null for what is absent, no text, or longer than 100 characters. */
export function peekIds(value: unknown): PeekedIds {
  const ids = member(value, "b2bIds");
  const content = member(value, "payment") ?? member(value, "paymentConfirmation");
  return {
    buyerB2BId: shortText(member(ids, "buyerB2BId")),
    supplierB2BId: shortText(member(ids, "supplierB2BId")),
    objectId: shortText(member(content, "objectId")),
  };
}

function member(value: unknown, key: string): unknown {
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

function shortText(value: unknown): string | null {
  return typeof value === "string" && value.length > 0 && value.length <= 100 ? value : null;
}
