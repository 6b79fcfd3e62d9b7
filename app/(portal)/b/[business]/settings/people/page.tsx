import type { Metadata } from "next";
import { People } from "@/components/settings/people";
import { getBusiness, listMembers } from "@/features/businesses/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { operatorAsksForSecondFactor } from "@/features/businesses/second-factor";
import { listInvitations } from "@/features/invitations/data";
import { systemClock } from "@/lib/time";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  const [{ requireSecondFactor, approvalFromPaise }, members, invitations] = await Promise.all([
    getBusiness(scope),
    listMembers(scope),
    listInvitations(scope),
  ]);
  return (
    <People
      business={businessName(business)}
      you={scope.actor.id}
      canManage={mayAct(scope.role, "OWNER")}
      approvalFrom={approvalFromPaise}
      secondFactorAskedBy={operatorAsksForSecondFactor() ? "operator" : requireSecondFactor ? "business" : null}
      initial={members}
      invitations={{ initial: invitations, now: systemClock().toISOString() }}
    />
  );
}
