"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { broughtAt } from "@/components/brought-at";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { membersQuery } from "@/features/businesses/client";
import type { MemberView } from "@/features/businesses/schema";
import { AddPersonDialog } from "./add-person-dialog";
import { ApprovalRule, type ApprovalRuleProps } from "./approval-rule";
import { Invitations } from "./invitations";
import { PersonRow } from "./person-row";
import { SecondFactorRule, type SecondFactorRuleProps } from "./second-factor-rule";
import { SettingsTable } from "./settings-table";

interface PeopleProps {
  business: string;
  /** The signed-in person's user id. */
  you: string;
  canManage: boolean;
  /** From how many paise on a second person approves a payment; null: never. */
  approvalFrom: ApprovalRuleProps["from"];
  /** Who asks two-step sign-in of everyone here. */
  secondFactorAskedBy: SecondFactorRuleProps["askedBy"];
  initial: MemberView[];
  invitations: Omit<ComponentProps<typeof Invitations>, "business" | "canManage">;
}

export function People({
  business,
  you,
  canManage,
  approvalFrom,
  secondFactorAskedBy,
  initial,
  invitations,
}: PeopleProps) {
  const [adding, setAdding] = useState(false);
  const { data, isError } = useQuery({
    ...membersQuery(business),
    initialData: { members: initial },
    initialDataUpdatedAt: broughtAt(initial),
  });
  const owners = data.members.filter((member) => member.role === "OWNER").length;
  return (
    <>
      <PageHeader
        title="People"
        description={
          canManage ? "Who may see and do what in this business." : "Who may see and do what. Owners change it."
        }
        actions={
          canManage && (
            <Button variant="primary" onClick={() => setAdding(true)}>
              <UserPlus aria-hidden /> Add a person
            </Button>
          )
        }
      />
      <Card>
        <SettingsTable
          label="People of this business"
          headings={["Name", "Role", "Since"]}
          shown={data.members.map(({ userId }) => userId).join()}
          isStale={isError}
        >
          {data.members.map((member) => (
            <PersonRow
              key={member.userId}
              business={business}
              member={member}
              isYou={member.userId === you}
              canManage={canManage}
              isLastOwner={member.role === "OWNER" && owners === 1}
            />
          ))}
        </SettingsTable>
      </Card>
      <Invitations business={business} canManage={canManage} {...invitations} />
      <ApprovalRule business={business} canManage={canManage} from={approvalFrom} />
      <SecondFactorRule business={business} canManage={canManage} askedBy={secondFactorAskedBy} />
      {canManage && <AddPersonDialog business={business} open={adding} onOpenChange={setAdding} />}
    </>
  );
}
