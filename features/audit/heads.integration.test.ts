import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GENESIS, linkHash, readEvents } from "@/features/audit/seal";
import { type ChainHead, verifyAll, verifyBusiness } from "@/features/audit/verify";
import type { BusinessScope } from "@/features/businesses/scope";
import { uuidv7 } from "@/lib/ids";
import { makeBusiness } from "@/tests/books";
import { auditVerify, tamper, writeSealed } from "@/tests/chain";
import { prisma } from "@/tests/prisma";

/* What whoever rules the database can do to a chain so that it still holds by itself, and a head that was kept elsewhere shows. */

let scope: BusinessScope;

beforeEach(async () => {
  scope = await makeBusiness("Anvaya");
  await writeSealed(scope, "first", "second");
});

const verification = (known?: ChainHead) => verifyBusiness(scope.businessId, known);

async function headNow(): Promise<ChainHead> {
  const { head } = await verification();
  if (!head) throw new Error("the chain has no head");
  return head;
}

/** Removes the last seal and its event: what is left is a whole chain. */
async function cutOff(): Promise<void> {
  const { businessId } = scope;
  await tamper(
    `DELETE FROM audit_event WHERE business_id = $1 AND id IN (
       SELECT unnest(event_ids) FROM audit_seal WHERE business_id = $1 ORDER BY sequence DESC LIMIT 1)`,
    [businessId],
  );
  await tamper(
    "DELETE FROM audit_seal WHERE business_id = $1 AND sequence = (SELECT max(sequence) FROM audit_seal WHERE business_id = $1)",
    [businessId],
  );
}

describe("a head that was written down finds", () => {
  test("nothing where the chain has only grown", async () => {
    const head = await headNow();
    expect((await verification(head)).problems).toEqual([]);
    await writeSealed(scope, "third");
    expect(await verification(head)).toMatchObject({ problems: [], head: { sequence: head.sequence + 1 } });
  });

  test("an end that was cut off", async () => {
    const head = await headNow();
    await cutOff();
    expect((await verification()).problems).toEqual([]);
    const cut = `the chain ends at seal ${head.sequence - 1}, and ${head.sequence} was written down: its end was cut off`;
    expect((await verification(head)).problems).toEqual([cut]);
    expect((await verifyAll([head])).flatMap(({ problems }) => problems)).toEqual([cut]);
  });

  test("a chain that was made anew to fit a changed event", async () => {
    const { businessId } = scope;
    const head = await headNow();
    await tamper("UPDATE audit_event SET actor_name = 'Someone Else' WHERE business_id = $1", [businessId], 2);
    let previousHash = GENESIS;
    for (const { sequence, eventIds } of await prisma.auditSeal.findMany({
      where: { businessId },
      orderBy: { sequence: "asc" },
    })) {
      // One event in each, so in no order.
      const hash = linkHash(previousHash, await readEvents(businessId, eventIds));
      const values = [businessId, sequence, previousHash, hash];
      await tamper(
        "UPDATE audit_seal SET previous_hash = $3, hash = $4 WHERE business_id = $1 AND sequence = $2",
        values,
      );
      previousHash = hash;
    }
    expect((await verification()).problems).toEqual([]);
    expect((await verification(head)).problems).toEqual([
      `seal ${head.sequence} is not the one that was written down: the chain was made anew`,
    ]);
  });

  test("a business that is gone with its chain", async () => {
    const results = await verifyAll([{ ...(await headNow()), businessId: uuidv7() }]);
    expect(results.flatMap(({ problems }) => problems)).toEqual([
      "the chain ends at seal 0, and 2 was written down: its end was cut off",
    ]);
  });
});

describe("npm run audit:verify -- --heads", () => {
  const folder = mkdtempSync(join(tmpdir(), "chukta-heads-"));
  const file = join(folder, "heads.json");
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("keeps the heads in a file, which stays as it is when a chain doesn't hold", async () => {
    const first = await auditVerify("--heads", file);
    expect([first.code, first.output]).toEqual([0, expect.stringContaining(`are in ${file}`)]);
    await writeSealed(scope, "third");
    expect((await auditVerify("--heads", file)).code).toBe(0);
    const written = readFileSync(file, "utf8");
    expect((JSON.parse(written) as { heads: ChainHead[] }).heads).toContainEqual(await headNow());

    await cutOff();
    const cut = await auditVerify("--heads", file);
    expect([cut.code, cut.output]).toEqual([1, expect.stringContaining("its end was cut off")]);
    expect(readFileSync(file, "utf8")).toBe(written);

    writeFileSync(file, "nonsense");
    const unreadable = await auditVerify("--heads", file);
    expect([unreadable.code, unreadable.output]).toEqual([
      1,
      expect.stringContaining("holds no heads of audit chains"),
    ]);
    expect(readFileSync(file, "utf8")).toBe("nonsense");
    expect((await auditVerify("--head", file)).output).toContain("npm run audit:verify [-- --heads FILE]");
  });
});
