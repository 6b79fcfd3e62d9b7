import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { type SignatureHeaders, signingKey, signWebhook, verifyWebhook } from "@/features/protocol/signing";

const secretOf = (fill: number) => `whsec_${Buffer.alloc(32, fill).toString("base64")}`;
const [OLD, NEW, OTHER] = [secretOf(1), secretOf(2), secretOf(3)];
const now = new Date("2026-11-20T08:35:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const body = Buffer.from('{"payment":{"utr":"₹"}}');

const sign = (secrets: string[], at = now) => signWebhook({ webhookId: "msg_1", body, secrets, now: at });
const verify = (headers: Partial<SignatureHeaders>, secrets: string[], at = now, bytes: Uint8Array = body) =>
  verifyWebhook({ header: (name) => headers[name], body: bytes, secrets, now: at });

describe("signatures", () => {
  test("what is signed verifies", () => {
    expect(verify(sign([OLD]), [OLD])).toEqual({ ok: true, webhookId: "msg_1" });
  });

  test("rotation: either side may be the first to have the new secret", () => {
    expect(verify(sign([OLD]), [NEW, OLD]).ok).toBe(true);
    expect(verify(sign([NEW, OLD]), [OLD]).ok).toBe(true);
    expect(verify(sign([OLD, NEW]), [NEW]).ok).toBe(true);
    expect(verify(sign([OLD, NEW]), [OTHER])).toEqual({ ok: false, reason: "no-match" });
    expect(verify(sign([OLD]), [])).toEqual({ ok: false, reason: "no-match" });
  });

  test("five minutes either way, and not a second more", () => {
    expect(verify(sign([OLD]), [OLD], later(300_000)).ok).toBe(true);
    expect(verify(sign([OLD]), [OLD], later(-300_000)).ok).toBe(true);
    expect(verify(sign([OLD]), [OLD], later(301_000))).toEqual({ ok: false, reason: "too-old" });
    expect(verify(sign([OLD]), [OLD], later(-301_000))).toEqual({ ok: false, reason: "too-new" });
  });

  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"] as const)("without %s", (name) => {
    expect(verify({ ...sign([OLD]), [name]: undefined }, [OLD])).toEqual({ ok: false, reason: "headers-missing" });
  });

  test.each([
    [{ "webhook-timestamp": "1.5e9" }, "headers-malformed"],
    [{ "webhook-timestamp": "-1" }, "headers-malformed"],
    [{ "webhook-id": "msg.1" }, "headers-malformed"],
    [{ "webhook-id": "msg_2" }, "no-match"],
    [{ "webhook-timestamp": String(now.getTime() / 1000 + 1) }, "no-match"],
    [{ "webhook-signature": "v1,AAAA" }, "no-match"],
    [{ "webhook-signature": "v1," }, "no-match"],
    [{ "webhook-signature": "garbage" }, "no-match"],
  ])("with %j in place of its own", (changed, reason) => {
    expect(verify({ ...sign([OLD]), ...changed }, [OLD])).toEqual({ ok: false, reason });
  });

  test("signatures of other versions are passed over, and only so many are tried", () => {
    const headers = sign([OLD]);
    const own = headers["webhook-signature"];
    expect(verify({ ...headers, "webhook-signature": `v1a,xyz v2,abc ${own}` }, [OLD]).ok).toBe(true);
    expect(verify({ ...headers, "webhook-signature": own.replace("v1,", "v2,") }, [OLD]).ok).toBe(false);
    expect(verify({ ...headers, "webhook-signature": `${"v1,AAAA ".repeat(100)}${own}` }, [OLD]).ok).toBe(false);
  });

  test("any changed byte is found, in text that is not UTF-8 too", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (raw, at, flip) => {
          const headers = signWebhook({ webhookId: "msg_1", body: raw, secrets: [OLD], now });
          expect(verify(headers, [OLD], now, raw).ok).toBe(true);
          const changed = Uint8Array.from(raw, (byte, i) => (i === at % raw.length ? byte ^ flip : byte));
          expect(verify(headers, [OLD], now, changed).ok).toBe(false);
        },
      ),
    );
  });

  test("the Standard Webhooks library agrees, both ways", () => {
    const library = new Webhook(OLD);
    const real = new Date();
    const headers = signWebhook({ webhookId: "msg_1", body, secrets: [OLD], now: real });
    expect(library.verify(body, { ...headers })).toEqual(JSON.parse(body.toString()));
    const theirs = { ...headers, "webhook-signature": library.sign("msg_1", real, body.toString()) };
    expect(verify(theirs, [OLD], real).ok).toBe(true);
  });
});

describe("secrets", () => {
  test("with or without the prefix, padded or not", () => {
    expect(signingKey(OLD)).toEqual(Buffer.alloc(32, 1));
    expect(signingKey(OLD.slice("whsec_".length).replace(/=+$/, ""))).toEqual(Buffer.alloc(32, 1));
    expect(signingKey(`whsec_${Buffer.alloc(24, 1).toString("base64")}`)).toHaveLength(24);
  });

  test.each(["", "whsec_", "whsec_not base64!", `whsec_${Buffer.alloc(23).toString("base64")}`, "whsec_AAAA=AAAA"])(
    "%j is none, and the error doesn't repeat it",
    (secret) => {
      expect(() => signingKey(secret)).toThrow(/^a signing secret is/);
    },
  );

  test("a webhook-id that can't be signed safely is not sent", () => {
    for (const webhookId of ["", "a.b", "a b", "₹"]) {
      expect(() => signWebhook({ webhookId, body, secrets: [OLD], now })).toThrow("webhook-id");
    }
  });
});
