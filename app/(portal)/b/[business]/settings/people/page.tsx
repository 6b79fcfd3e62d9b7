import type { Metadata } from "next";
import { People } from "@/components/settings/people";
import { getBusiness, listMembers } from "@/features/businesses/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { operatorAsksForSecondFactor } from "@/features/businesses/second-factor";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  const [{ requireSecondFactor }, members] = await Promise.all([getBusiness(scope), listMembers(scope)]);
  return (
    <People
      business={businessName(business)}
      you={scope.actor.id}
      canManage={mayAct(scope.role, "OWNER")}
      secondFactorAskedBy={operatorAsksForSecondFactor() ? "operator" : requireSecondFactor ? "business" : null}
      initial={members}
    />
  );
}
