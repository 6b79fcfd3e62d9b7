"use client";

import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { focusMain } from "@/components/ui/focus-main";
import { TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { useAddMember } from "@/features/businesses/client";
import { ROLE_WORDS } from "@/features/businesses/rules";
import { useWithdrawInvitation } from "@/features/invitations/client";
import type { InvitationView } from "@/features/invitations/schema";
import { problemWords } from "@/lib/http/client";
import { formatDate, formatDateTime } from "@/lib/time";

interface InvitationRowProps {
  business: string;
  invitation: InvitationView;
  /** Its code opens nothing any more. */
  isOver: boolean;
  canManage: boolean;
  onRenewed: (renewed: { invitation: InvitationView; joiningCode: string }) => void;
}

export function InvitationRow({ business, invitation, isOver, canManage, onRenewed }: InvitationRowProps) {
  const { email, role, invitedBy, createdAt, expiresAt, userId } = invitation;
  const renew = useAddMember(business);
  const withdraw = useWithdrawInvitation(business);
  const onError = (error: unknown) => void toast.error(problemWords(error));
  const onWithdrawn = () => {
    toast.success(`${email} is no longer invited.`);
    // The button goes with its row, and with the last row the list.
    focusMain({ preventScroll: true });
  };
  return (
    <TableRow>
      <TableCell namesRow stack="title">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="break-all">{email}</span> {isOver && <Badge tone="warning">Code has run out</Badge>}
        </p>
      </TableCell>
      <TableCell label="Role">{ROLE_WORDS[role].name}</TableCell>
      <TableCell label="Invited">
        <p>
          {formatDate(new Date(createdAt))} by {invitedBy}
        </p>
        {!isOver && (
          <p className="text-[0.8125rem] text-muted">Code good until {formatDateTime(new Date(expiresAt))}</p>
        )}
      </TableCell>
      <TableCell stack="wide" className="text-right">
        {canManage && (
          <div className="flex flex-wrap gap-2 sm:justify-end">
            <Button
              variant="secondary"
              size="sm"
              aria-label={`New code for ${email}`}
              loading={renew.isPending}
              onClick={() =>
                renew.mutate(
                  { email, role },
                  { onSuccess: (added) => added.outcome === "INVITED" && onRenewed(added), onError },
                )
              }
            >
              New code
            </Button>
            <Button
              variant="danger-quiet"
              size="sm"
              aria-label={`Withdraw the invitation of ${email}`}
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate(userId, { onSuccess: onWithdrawn, onError })}
            >
              Withdraw
            </Button>
          </div>
        )}
      </TableCell>
    </TableRow>
  );
}
