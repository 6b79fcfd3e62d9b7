import { toApprove } from "@/chaos/bills";
import { pick } from "@/chaos/choose";
import { Client, isYesOfV1, type Trade } from "@/chaos/client";
import type { Business } from "@/chaos/world";
import { between } from "@/sandbox/random";

const BETWEEN_DECISIONS_MS = { min: 50, max: 400 };

type Person = Business["approvers"][number];

/**
 * One of those who approve: signs in, looks for payments that wait for a second person, and says yes or, now and then, no. When the trade
 * closes they go on until there is nothing left to decide and everything is over.
 */
export async function decide(trade: Trade, business: Business, person: Person): Promise<void> {
  const client = new Client(trade, business, `approver ${person.email}`);
  let cookie = "";
  while (!trade.over.aborted) {
    await client.pause(between(client.random, BETWEEN_DECISIONS_MS.min, BETWEEN_DECISIONS_MS.max));
    if (cookie === "") cookie = await signIn(client, person);
    if (cookie === "") continue;
    const payment = pick(client.random, await toApprove(client));
    if (payment && (await decideOne(client, cookie, payment.objectId)) === 401) cookie = "";
  }
}

async function signIn(client: Client, { email, password }: Person): Promise<string> {
  const answer = await client.page("/api/auth/sign-in/email", "", { email, password });
  return answer?.status === 200 ? answer.cookie : "";
}

/** Says yes or no; now and then both at once, of which only one may be told that it counts. @returns the last status */
async function decideOne(client: Client, cookie: string, objectId: string): Promise<number | undefined> {
  const { random } = client;
  const isYes = random() < 0.85;
  const said = [isYes, ...(random() < 0.1 ? [!isYes] : []), ...(random() < 0.1 ? [isYes] : [])];
  const statuses = await Promise.all(said.map((yes) => say(client, cookie, objectId, yes)));
  return statuses[0];
}

async function say(client: Client, cookie: string, objectId: string, isYes: boolean): Promise<number | undefined> {
  const { business, trade } = client;
  const noted = { objectId, buyer: business.b2bId, isYes, acknowledged: false };
  trade.ledger.decisions.push(noted);
  const path = `/api/v1/businesses/${business.slug}/payments/${objectId}/${isYes ? "approve" : "decline"}`;
  const body = isYes ? undefined : { remarks: "Not what was agreed" };
  const answer = await client.untilDefinite(() => client.page(path, cookie, body));
  if (answer && isYesOfV1(answer)) noted.acknowledged = true;
  return answer?.status;
}
