"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableHead } from "@/components/ui/table-head";
import { membersQuery } from "@/features/businesses/client";
import type { MemberView } from "@/features/businesses/schema";
import { AddPersonDialog } from "./add-person-dialog";
import { Invitations } from "./invitations";
import { PersonRow } from "./person-row";
import { SecondFactorRule, type SecondFactorRuleProps } from "./second-factor-rule";

interface PeopleProps {
  business: string;
  /** The signed-in person's user id. */
  you: string;
  canManage: boolean;
  /** Who asks two-step sign-in of everyone here. */
  secondFactorAskedBy: SecondFactorRuleProps["askedBy"];
  initial: MemberView[];
  invitations: Omit<ComponentProps<typeof Invitations>, "business" | "canManage">;
}

export function People({ business, you, canManage, secondFactorAskedBy, initial, invitations }: PeopleProps) {
  const [adding, setAdding] = useState(false);
  const { data, isError } = useQuery({ ...membersQuery(business), initialData: { members: initial } });
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
      {isError && (
        <Alert tone="warning" live className="mb-4">
          This list could not be refreshed: it may be older than it looks.
        </Alert>
      )}
      <Card>
        <Table label="People of this business">
          <TableHeader>
            <TableRow>
              <TableHead>Name</TableHead>
              <TableHead>Role</TableHead>
              <TableHead>Since</TableHead>
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
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
          </TableBody>
        </Table>
      </Card>
      <Invitations business={business} canManage={canManage} {...invitations} />
      <SecondFactorRule business={business} canManage={canManage} askedBy={secondFactorAskedBy} />
      {canManage && <AddPersonDialog business={business} open={adding} onOpenChange={setAdding} />}
    </>
  );
}
