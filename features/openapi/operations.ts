import * as activity from "@/features/activity/api";
import * as ageing from "@/features/ageing/api";
import * as apiKeys from "@/features/api-keys/api";
import * as businesses from "@/features/businesses/api";
import * as confirmations from "@/features/confirmations/api";
import * as counterparties from "@/features/counterparties/api";
import * as home from "@/features/home/api";
import * as invitations from "@/features/invitations/api";
import * as alike from "@/features/invoices/alike-api";
import * as invoices from "@/features/invoices/api";
import * as ledger from "@/features/ledger/api";
import * as payments from "@/features/payments/api";
import * as paymentWrites from "@/features/payments/write-api";
import type { Operation } from "@/lib/http/operation";

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "method" in value && "path" in value && "role" in value;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** A feature's operations by path, reading before writing: a module's exports come in the order of their names. */
const operationsOf = (feature: object): Operation[] =>
  Object.values(feature as Record<string, unknown>)
    .filter(isOperation)
    .sort((a, b) => a.path.localeCompare(b.path) || METHODS.indexOf(a.method) - METHODS.indexOf(b.method));

/** Every operation of /api/v1, as the features declare them, in the order of the reference. */
export const V1_OPERATIONS: readonly Operation[] = [
  { ...invoices, ...alike, ...ageing },
  // One group: a payment is answered under its own address.
  { ...payments, ...paymentWrites, ...confirmations },
  { ...counterparties, ...ledger },
  home,
  activity,
  businesses,
  invitations,
  apiKeys,
].flatMap(operationsOf);
