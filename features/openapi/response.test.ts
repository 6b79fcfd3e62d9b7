import { expect, test, vi } from "vitest";
import { documentResponse } from "@/features/openapi/response";
import { v1Document } from "@/features/openapi/v1";

test("a document is made once, however often anyone asks for it", async () => {
  const make = vi.fn(v1Document);
  const [first, again] = [documentResponse(make), documentResponse(make)];
  expect(first.headers.get("content-type")).toBe("application/json");
  expect(await first.json()).toMatchObject({ info: { title: expect.any(String) } });
  expect((await again.text()).length).toBeGreaterThan(50_000);
  expect(make).toHaveBeenCalledTimes(1);
});
