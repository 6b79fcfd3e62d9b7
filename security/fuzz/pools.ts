import { createApiKey } from "@/features/api-keys/mutations/create";
import type { ReqPay, ReqPayConfirmation, RespPay, RespPayConfirmation } from "@/features/protocol/schema";
import { uuidv7 } from "@/lib/ids";
import { billOf, createShared } from "@/tests/invoices";
import { outcomeOf, respPayOf } from "@/tests/trade";
import { makePerson, type Person } from "../world/people";
import { type Bill, makeBill, pay, payAndAnswer, payAndArrive, stopMessage } from "../world/trade";
import type { World } from "../world/world";

/** What is in the books when the fuzz begins: enough of everything that its messages mean something. */
export interface Pools {
  world: World;
  /** Each key has a limit of its own, so that many together have none. */
  keys: string[];
  /** Bills that alpha owes beta, too large to be used up. */
  bills: Bill[];
  /** Invoices that alpha wrote, and may edit and cancel. */
  written: string[];
  outgoing: string[];
  incoming: string[];
  clerks: Person[];
  spareKeys: string[];
  messages: {
    reqPay: ReqPay[];
    respPay: RespPay[];
    confirmations: ReqPayConfirmation[];
    outcomes: RespPayConfirmation[];
    ownReqPay: ReqPay[];
    ownConfirmations: ReqPayConfirmation[];
  };
}

const LARGE_PAISE = 900_000_000_000;

async function times<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let index = 0; index < count; index++) made.push(await make(index));
  return made;
}

/** @param size how many of each there are */
export async function makePools(world: World, size: number): Promise<Pools> {
  const { alpha, beta } = world;
  const key = async () => (await createApiKey(alpha.scope, { id: uuidv7(), name: "Fuzz" })).keyText;
  const bills = await times(size, () => makeBill(alpha, beta, LARGE_PAISE));
  const sales = await times(size, () => makeBill(beta, alpha, LARGE_PAISE));
  const written = await times(size, () => createShared(alpha.scope, billOf(beta)));
  const paid = await times(size, () => pay(alpha, beta));
  const received = await times(size, () => pay(beta, alpha));
  const confirmed = await times(size, () => payAndAnswer(alpha, beta));
  const arrived = await times(size, () => payAndArrive(beta, alpha));
  const answered = await times(size, () => payAndAnswer(beta, alpha));
  // Some of what was sent can't be delivered, and may be sent again or given up.
  for (const { objectId } of [...paid, ...answered].filter((_, index) => index % 2 === 0)) await stopMessage(objectId);
  const { businessId } = alpha.scope;
  return {
    world,
    keys: await times(size * 4, key),
    bills,
    written,
    outgoing: [...paid, ...confirmed].map((payment) => payment.objectId),
    incoming: [...arrived, ...answered].map((payment) => payment.objectId),
    clerks: await times(size, (index) => makePerson(`Clerk${index}`, { businessId, role: "FINANCE" })),
    spareKeys: await times(
      size,
      async () => (await createApiKey(alpha.scope, { id: uuidv7(), name: "Spare" })).apiKey.id,
    ),
    messages: {
      reqPay: sales.map((bill, index) => inPart(received[index]?.reqPay as ReqPay, bill)),
      respPay: paid.map(({ reqPay }) => respPayOf(reqPay)),
      confirmations: confirmed.map(({ confirmation }) => confirmation),
      outcomes: answered.map(({ confirmation }) => outcomeOf(confirmation)),
      ownReqPay: bills.map((bill, index) => inPart(paid[index]?.reqPay as ReqPay, bill)),
      ownConfirmations: arrived.map(({ objectId, bill }, index) =>
        about(answered[index]?.confirmation as ReqPayConfirmation, objectId, bill),
      ),
    },
  };
}

/** A payment of one rupee of a bill: there is always enough left of it for the next. */
function inPart(reqPay: ReqPay, bill: Bill): ReqPay {
  const one = { netPaidAmount: 1, netAdjustmentAmount: 0, totalAmount: 1, currency: "INR" } as const;
  const rupees = LARGE_PAISE / 100;
  const lines = reqPay.payment.invoicesPayInfos.map((line) => ({
    ...line,
    objectId: bill.objectId,
    supplierInvoiceNumber: bill.number,
    invoiceAmount: { dueAmount: rupees, totalAmount: rupees, currency: "INR" as const },
    invoicePaymentAmount: { ...one, splits: [] },
  }));
  return { ...reqPay, payment: { ...reqPay.payment, paymentAmount: one, invoicesPayInfos: lines } };
}

function about(confirmation: ReqPayConfirmation, objectId: string, bill: Bill): ReqPayConfirmation {
  const { invoiceInfos, ...rest } = confirmation.paymentConfirmation;
  const infos = invoiceInfos.map((info) => ({ ...info, objectId: bill.objectId, supplierInvoiceNumber: bill.number }));
  return { ...confirmation, paymentConfirmation: { ...rest, objectId, invoiceInfos: infos } };
}
