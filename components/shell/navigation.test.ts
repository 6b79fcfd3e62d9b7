import { expect, test } from "vitest";
import { isActive, portalNavigation } from "./navigation";

const items = portalNavigation("acme", { toApprove: 2, toConfirm: 3 }).flatMap((section) => section.items);
const activeAt = (pathname: string) => items.filter((item) => isActive(item, pathname)).map((item) => item.label);

test.each([
  ["/b/acme", ["Home"]],
  ["/b/acme/bills", ["Bills"]],
  ["/b/acme/bills/42", ["Bills"]],
  ["/b/acme/pay", ["Bills"]],
  ["/b/acme/payments", ["Payments made"]],
  ["/b/acme/payments/PMT1", ["Payments made"]],
  ["/b/acme/to-confirm", ["To confirm"]],
  ["/b/acme/settings/api-keys", ["API keys"]],
  ["/b/other/bills", []],
])("at %s the menu marks %j", (pathname, labels) => expect(activeAt(pathname)).toEqual(labels));

test("only what waits for this person is marked as waiting", () => {
  expect(items.filter((item) => item.count?.waiting).map((item) => [item.label, item.count?.value])).toEqual([
    ["Payments made", 2],
    ["To confirm", 3],
  ]);
});
