import { bench, describe } from "vitest";
import { contentHash } from "@/features/protocol/content-hash";
import { REQ_PAY_EXAMPLE } from "@/features/protocol/examples";
import { parseReqPay } from "@/features/protocol/parse";
import { parseJson } from "@/features/protocol/parse-json";
import { paymentReply } from "@/features/protocol/reply";
import { signWebhook, verifyWebhook } from "@/features/protocol/signing";

// `npx vitest bench features/protocol`: what one incoming req-pay of two invoices (2 KB) costs before the database.

const text = JSON.stringify(REQ_PAY_EXAMPLE);
const usual = new TextEncoder().encode(text);
const unusual = new TextEncoder().encode(text.replace("{", '{"score":0.1234567890123456789,'));
const secrets = [`whsec_${Buffer.alloc(32, 7).toString("base64")}`];
const now = new Date("2026-11-20T08:35:00Z");
const headers = signWebhook({ webhookId: "msg_1", body: usual, secrets, now });

function read(bytes: Uint8Array) {
  const json = parseJson(bytes);
  if (!json.ok) throw new Error(json.refusal.detail);
  return json.value;
}
const value = read(usual);

describe(`req-pay of ${usual.byteLength} bytes`, () => {
  bench("JSON.parse alone", () => void JSON.parse(new TextDecoder().decode(usual)));
  bench("parseJson, the usual path", () => void read(usual));
  bench("parseJson, with a number no double holds", () => void read(unusual));
  bench("parseReqPay of parsed JSON", () => void parseReqPay(value));
  bench("parseJson + parseReqPay", () => void parseReqPay(read(usual)));
  bench("contentHash", () => void contentHash(value));
  bench("verifyWebhook", () => void verifyWebhook({ header: (name) => headers[name], body: usual, secrets, now }));
  bench("paymentReply as text", () => void JSON.stringify(paymentReply("REQ1", REQ_PAY_EXAMPLE).body));
});
