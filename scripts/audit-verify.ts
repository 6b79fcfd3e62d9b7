import { verifyAll } from "@/features/audit/verify";
import { disconnect } from "@/lib/db";

/** `npm run audit:verify`: recomputes every business's audit chain. Exit code 1 when one does not hold. */
const results = await verifyAll();
for (const { businessId, seals, sealedEvents, unsealedEvents, problems } of results) {
  const verdict = problems.length === 0 ? "holds" : "DOES NOT HOLD";
  console.log(`${businessId}  ${verdict}  ${seals} seals, ${sealedEvents} events, ${unsealedEvents} not sealed yet`);
  for (const problem of problems) console.log(`  ${problem}`);
}
const broken = results.filter((result) => result.problems.length > 0).length;
console.log(
  broken === 0 ? `${results.length} audit chains hold` : `${broken} of ${results.length} audit chains do not hold`,
);
await disconnect();
process.exitCode = broken === 0 ? 0 : 1;
