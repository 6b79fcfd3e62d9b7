import { expect, test } from "vitest";
import { pageOrFirst } from "@/components/lists/page-or-first";
import { AppError } from "@/lib/errors";

const list = async ({ cursor }: { cursor?: string | undefined; q?: string }) => {
  if (cursor !== undefined && !["good", "emptied"].includes(cursor))
    throw new AppError("INVALID", "This cursor fits no list.");
  return { items: cursor === "emptied" ? [] : [cursor ?? "first"] };
};

test("a cursor that fits leads to its page, one that doesn't to the first", async () => {
  expect(await pageOrFirst({ cursor: "good", q: "a" }, list)).toEqual({
    query: { cursor: "good", q: "a" },
    data: { items: ["good"] },
  });
  expect(await pageOrFirst({ cursor: "e30", q: "a" }, list)).toEqual({
    query: { cursor: undefined, q: "a" },
    data: { items: ["first"] },
  });
  expect(await pageOrFirst({}, list)).toEqual({ query: {}, data: { items: ["first"] } });
});

test("a page that has emptied since leads to the first one", async () => {
  const first = { query: { cursor: undefined }, data: { items: ["first"] } };
  expect(await pageOrFirst({ cursor: "emptied" }, list)).toEqual(first);
});

test("anything else that goes wrong is passed on", async () => {
  const broken = () => Promise.reject(new AppError("UNAVAILABLE", "The database is away."));
  await expect(pageOrFirst({ cursor: "good" }, broken)).rejects.toThrow("away");
  const invalid = () => Promise.reject(new AppError("INVALID", "Something else."));
  await expect(pageOrFirst({}, invalid)).rejects.toThrow("Something else");
});
