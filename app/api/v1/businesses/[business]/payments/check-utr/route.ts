import { businessRoute } from "@/features/businesses/route";
import { checkUtrOperation } from "@/features/payments/api";
import { findByUtr } from "@/features/payments/data";

export const GET = businessRoute(checkUtrOperation, async ({ scope, query }) => ({
  usedBy: await findByUtr(scope, query),
}));
