"use client";

import { EllipsisVertical, KeyRound, UserCog, UserMinus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { TextLink } from "@/components/ui/text-link";
import { ROLE_WORDS } from "@/features/businesses/rules";
import type { MemberView } from "@/features/businesses/schema";
import { formatDate } from "@/lib/time";
import { ChangeRoleDialog } from "./change-role-dialog";
import { RemovePersonDialog } from "./remove-person-dialog";
import { ResetPersonDialog } from "./reset-person-dialog";

interface PersonRowProps {
  business: string;
  member: MemberView;
  isYou: boolean;
  canManage: boolean;
  isLastOwner: boolean;
}

export function PersonRow({ business, member, isYou, canManage, isLastOwner }: PersonRowProps) {
  const [open, setOpen] = useState<"role" | "reset" | "remove" | null>(null);
  const dialog = { business, member, isYou, onClose: () => setOpen(null) };
  const role = ROLE_WORDS[member.role];
  return (
    <TableRow>
      <TableCell namesRow stack="title">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="wrap-anywhere">{member.name}</span> {isYou && <Badge>You</Badge>}
          {!member.signedInBefore && <Badge tone="info">Not signed in yet</Badge>}
        </p>
        <p className="break-all text-[0.8125rem] text-muted">{member.email}</p>
        {isYou && (
          <TextLink href={`/choose-password?next=/b/${encodeURIComponent(business)}/settings/people`}>
            Change your password
          </TextLink>
        )}
      </TableCell>
      <TableCell label="Role">
        <p>{role.name}</p>
        <p className="text-[0.8125rem] text-muted">{role.what}</p>
      </TableCell>
      <TableCell label="Since">{formatDate(new Date(member.since))}</TableCell>
      <TableCell stack="aside" className="text-right">
        {canManage && (
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon" aria-label={`Change or remove ${member.name}`}>
                <EllipsisVertical aria-hidden />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={() => setOpen("role")}>
                <UserCog aria-hidden /> Change role
              </DropdownMenuItem>
              {!isYou && (
                <DropdownMenuItem onSelect={() => setOpen("reset")}>
                  <KeyRound aria-hidden /> New first password
                </DropdownMenuItem>
              )}
              <DropdownMenuItem tone="danger" disabled={isLastOwner} onSelect={() => setOpen("remove")}>
                <UserMinus aria-hidden /> {isLastOwner ? "The only owner stays" : "Remove"}
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        )}
        {open === "role" && <ChangeRoleDialog {...dialog} isLastOwner={isLastOwner} />}
        {open === "reset" && <ResetPersonDialog {...dialog} />}
        {open === "remove" && <RemovePersonDialog {...dialog} />}
      </TableCell>
    </TableRow>
  );
}
