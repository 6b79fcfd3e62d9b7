"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { broughtAt } from "@/components/brought-at";
import { Card, CardHeader } from "@/components/ui/card";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { invitationsQuery } from "@/features/invitations/client";
import type { InvitationView } from "@/features/invitations/schema";
import { InvitationRow } from "./invitation-row";
import { JoiningCode } from "./joining-code";
import { SettingsTable } from "./settings-table";

interface InvitationsProps {
  business: string;
  canManage: boolean;
  initial: InvitationView[];
  /** The portal's time as the page was made, in ISO 8601. */
  now: string;
}

/** Who was told a code and hasn't given it yet; nothing where there is nobody. */
export function Invitations({ business, canManage, initial, now }: InvitationsProps) {
  const [renewed, setRenewed] = useState<{ invitation: InvitationView; joiningCode: string } | null>(null);
  const { data, isError } = useQuery({
    ...invitationsQuery(business),
    initialData: { invitations: initial },
    initialDataUpdatedAt: broughtAt(initial),
  });
  const close = () => setRenewed(null);
  return (
    <>
      {data.invitations.length > 0 && (
        <Card className="mt-5" aria-labelledby="invited">
          <CardHeader
            title={<span id="invited">Invited</span>}
            description="They have an account, and join when they give the code that an owner told them."
          />
          <div className="pt-2">
            <SettingsTable
              label="Invitations"
              headings={["E-mail address", "Role", "Invited"]}
              shown={data.invitations.map(({ userId }) => userId).join()}
              isStale={isError}
            >
              {data.invitations.map((invitation) => (
                <InvitationRow
                  key={invitation.userId}
                  business={business}
                  invitation={invitation}
                  isOver={invitation.expiresAt <= now}
                  canManage={canManage}
                  onRenewed={setRenewed}
                />
              ))}
            </SettingsTable>
          </div>
        </Card>
      )}
      <Dialog open={renewed !== null} onOpenChange={(open) => !open && close()}>
        {renewed && (
          <DialogContent title="A new code" onInteractOutside={(event) => event.preventDefault()}>
            <JoiningCode invitation={renewed.invitation} code={renewed.joiningCode} onDone={close} />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
