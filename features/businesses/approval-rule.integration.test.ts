import { expect, test } from "vitest";
import { listActivity } from "@/features/activity/data";
import { getBusiness } from "@/features/businesses/data";
import { changeSettings } from "@/features/businesses/mutations/change-settings";
import { type BusinessScope, mintScope } from "@/features/businesses/scope";
import { paise, ZERO } from "@/lib/money";
import { admitBusiness } from "@/tests/admit-business";
import { joinBusiness, makePerson } from "@/tests/business";
import { prisma } from "@/tests/prisma";

let serial = 0;

/** The owner of a business in which so many others may pay, and one may look. */
async function ownerWith(others: number): Promise<BusinessScope> {
  serial += 1;
  const business = await admitBusiness(`rule-${serial}`);
  const owner = await joinBusiness(business, await makePerson(`Owner${serial}`), "OWNER");
  await joinBusiness(business, await makePerson(`Viewer${serial}`), "VIEWER");
  for (let each = 0; each < others; each++)
    await joinBusiness(business, await makePerson(`Clerk${serial}x${each}`), "FINANCE");
  return owner;
}

const ruleOf = async (scope: BusinessScope) => (await getBusiness(scope)).approvalFromPaise;

test("an owner asks for approvals from an amount on, of every payment, or of none; each change is in Activity", async () => {
  const owner = await ownerWith(1);
  expect(await ruleOf(owner)).toBeNull();
  for (const approvalFromPaise of [paise(50_000_000), ZERO, ZERO, null]) {
    await changeSettings(owner, { approvalFromPaise });
    expect(await ruleOf(owner)).toBe(approvalFromPaise);
  }
  const { items } = await listActivity(owner, { limit: 10 });
  expect(items.map(({ words }) => words)).toEqual([
    "Stopped asking for a second person's approval of payments",
    "Asked for a second person's approval of every payment",
    "Asked for a second person's approval of payments of ₹5,00,000.00 and more",
  ]);
});

test("nobody else does, and not while nobody could approve", async () => {
  const owner = await ownerWith(0);
  await expect(changeSettings(owner, { approvalFromPaise: ZERO })).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await ruleOf(owner)).toBeNull();
  const finance = mintScope({ ...(await ownerWith(3)), role: "FINANCE" });
  await expect(changeSettings(finance, { approvalFromPaise: ZERO })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await ruleOf(finance)).toBeNull();
});

test("of two settings given together, both are changed or neither", async () => {
  const owner = await ownerWith(1);
  // Whoever has no second factor can't ask for one.
  const both = { approvalFromPaise: ZERO, requireSecondFactor: true };
  await expect(changeSettings(owner, both)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await getBusiness(owner)).toMatchObject({ approvalFromPaise: null, requireSecondFactor: false });
});

test("of owners who change it at once each says what it was before", async () => {
  const owner = await ownerWith(1);
  await Promise.all([1, 2, 3, 4].map((amount) => changeSettings(owner, { approvalFromPaise: paise(amount) })));
  const events = await prisma.auditEvent.findMany({
    where: { businessId: owner.businessId, action: "business.approval-changed" },
  });
  const steps = new Map(events.map(({ before, after }) => [before, after]));
  expect(steps.size).toBe(4);
  let rule: string | null | undefined = '{"approvalFromPaise":null}';
  for (let step = 0; step < 4; step++) rule = steps.get(rule ?? null);
  expect(rule).toBe(JSON.stringify({ approvalFromPaise: await ruleOf(owner) }));
});
