import { describe, expect, test } from "vitest";
import { curlOf } from "@/features/openapi/curl";
import type { ApiOperation } from "@/features/openapi/document";
import { fieldRows, typeWords } from "@/features/openapi/fields";
import { v0Document } from "@/features/openapi/v0";
import { v1Document } from "@/features/openapi/v1";

const document = v1Document("https://portal.example");
const { schemas } = document.components;

function operation(path: string, method: string): ApiOperation {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`no ${method} ${path}`);
  return found;
}

const payments = "/api/v1/businesses/{business}/payments";

describe("the fields of a message", () => {
  test("are listed with their nested ones, by path", () => {
    const body = operation(payments, "post").requestBody?.content["application/json"]?.schema ?? {};
    const rows = fieldRows(body, schemas);
    expect(rows.map((row) => row.path)).toContain("lines[].splits[].valuePaise");
    expect(rows.find((row) => row.path === "lines[].netPaise")).toMatchObject({ type: "whole number", required: true });
    expect(rows.find((row) => row.path === "mode")?.type).toContain("NEFT | ");
  });

  test("go through references and what may be null", () => {
    const rows = fieldRows({ $ref: "#/components/schemas/PaymentPage" }, schemas);
    expect(rows.map((row) => row.path)).toEqual(expect.arrayContaining(["items[].failure.code", "totals.count"]));
    expect(rows.find((row) => row.path === "nextCursor")?.type).toBe("text or null");
  });

  test("of the wire are listed too", () => {
    const wire = v0Document("").components.schemas;
    const rows = fieldRows({ $ref: "#/components/schemas/ReqPay" }, wire);
    expect(rows.map((row) => row.path)).toContain("payment.invoicesPayInfos[].objectVersion.newVersion");
    expect(typeWords({ type: ["string", "null"] }, wire)).toBe("text or null");
  });
});

describe("the line for the shell", () => {
  test("has the parameters that a list needs", () => {
    const line = curlOf(document, payments, "get", operation(payments, "get"));
    expect(line).toBe(
      `curl 'https://portal.example/api/v1/businesses/anvaya-retail/payments?side=outgoing' \\\n  -H "Authorization: Bearer $CHUKTA_KEY"`,
    );
  });

  test("says who calls, whoever that may be", () => {
    const wire = v0Document("https://portal.example");
    const lineOf = (api: typeof document, path: string, method: string) => {
      const found = api.paths[path]?.[method];
      return found ? curlOf(api, path, method, found) : "";
    };
    const people = "/api/v1/businesses/{business}/members";
    expect(lineOf(wire, "/api/v0/payment/req-pay", "post")).toContain('-H "Authorization: Bearer $CHUKTA_KEY"');
    expect(lineOf(wire, "/api/v0/payment/resp-pay", "post")).toContain('-H "webhook-signature: $WEBHOOK_SIGNATURE"');
    expect(lineOf(document, people, "get")).toMatch(/members' \\\n {2}-H "Cookie: \$CHUKTA_COOKIE"$/);
    expect(lineOf(document, people, "post")).toContain("-H 'Origin: https://portal.example'");
  });

  test("carries a body that the shell leaves alone", () => {
    const post = structuredClone(operation(payments, "post"));
    const media = post.requestBody?.content["application/json"];
    if (media) media.examples = { example: { value: { remarks: "it's" } } };
    expect(curlOf(document, payments, "post", post)).toContain(`-d '{\n  "remarks": "it'\\''s"\n}'`);
  });
});
