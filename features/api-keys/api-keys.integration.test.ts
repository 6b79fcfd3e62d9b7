import { beforeAll, expect, test } from "vitest";
import { apiKeyGate } from "@/features/api-keys/gate";
import { createApiKey } from "@/features/api-keys/mutations/create";
import { revokeApiKey } from "@/features/api-keys/mutations/revoke";
import type { BusinessScope } from "@/features/businesses/scope";
import { uuidv7 } from "@/lib/ids";
import { admitBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";
import { listApiKeys } from "./data";

let owner: BusinessScope;
let finance: BusinessScope;
let stranger: BusinessScope;

beforeAll(async () => {
  const acme = await admitBusiness("acme");
  owner = await joinBusiness(acme, await makePerson("Asha"), "OWNER");
  finance = await joinBusiness(acme, await makePerson("Farah"), "FINANCE");
  stranger = await joinBusiness(await admitBusiness("other"), await makePerson("Omar"), "OWNER");
});

test("a key's text is shown once and stands nowhere in the database", async () => {
  const { keyText, apiKey } = await createApiKey(owner, { id: uuidv7(), name: "Tally" });
  const stored = JSON.stringify([await prisma.apiKey.findMany(), await listApiKeys(owner), await listEvents()]);
  expect(stored).not.toContain(keyText);
  expect(stored).not.toContain(keyText.slice(27));
  expect(apiKey).toMatchObject({ name: "Tally", hint: keyText.slice(-4), createdBy: "Asha", revokedAt: null });
});

test("the same request ten times at once makes one key", async () => {
  const input = { id: uuidv7(), name: "Double click" };
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => createApiKey(owner, input)));
  const made = outcomes.filter((outcome) => outcome.status === "fulfilled");
  expect(made).toHaveLength(1);
  expect(await prisma.apiKey.count({ where: { id: input.id } })).toBe(1);
});

test("only an owner makes and revokes keys, and only their own business's", async () => {
  const { apiKey, keyText } = await createApiKey(owner, { id: uuidv7(), name: "SAP" });
  await expect(createApiKey(finance, { id: uuidv7(), name: "No" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(revokeApiKey(finance, apiKey.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(revokeApiKey(stranger, apiKey.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(apiKeyGate(`Bearer ${keyText}`)).resolves.toMatchObject({ businessId: owner.businessId });
});

test("a key can't manage keys", async () => {
  const { keyText } = await createApiKey(owner, { id: uuidv7(), name: "Script" });
  const scope = await apiKeyGate(`Bearer ${keyText}`);
  await expect(createApiKey(scope, { id: uuidv7(), name: "Child" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("revoking twice at once writes one audit line and keeps the first answer", async () => {
  const { apiKey } = await createApiKey(owner, { id: uuidv7(), name: "Old" });
  const revoked = await Promise.all([revokeApiKey(owner, apiKey.id), revokeApiKey(owner, apiKey.id)]);
  expect(revoked[0]?.revokedAt).toBe(revoked[1]?.revokedAt);
  expect(revoked[0]?.revokedBy).toBe("Asha");
  const events = (await listEvents()).filter((event) => event.subjectId === apiKey.id);
  expect(events.map((event) => event.action).sort()).toEqual(["api-key.created", "api-key.revoked"]);
});

test("the newest key comes first", async () => {
  for (const name of ["First", "Second"]) await createApiKey(owner, { id: uuidv7(), name });
  expect((await listApiKeys(owner)).slice(0, 2).map(({ name }) => name)).toEqual(["Second", "First"]);
});

function listEvents() {
  return prisma.auditEvent.findMany({ where: { subjectKind: "api-key" }, omit: { transactionId: true } });
}
