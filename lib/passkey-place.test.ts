import { expect, test } from "vitest";
import { passkeyPlace } from "./passkey-place";

test.each([
  ["https://portal.example", { rpId: "portal.example", origin: "https://portal.example" }],
  ["https://portal.example:8443", { rpId: "portal.example", origin: "https://portal.example:8443" }],
  ["http://localhost:3000", { rpId: "localhost", origin: "http://localhost:3000" }],
  ["https://10.1.2.3", null],
  ["http://127.0.0.1:3000", null],
  ["https://[2001:db8::1]", null],
])("passkeys of %s", (publicUrl, place) => {
  expect(passkeyPlace(publicUrl)).toEqual(place);
});
