"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import type { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { useChangeRole } from "@/features/businesses/client";
import { ROLE_WORDS } from "@/features/businesses/rules";
import { changeRoleSchema, type MemberView } from "@/features/businesses/schema";
import { showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { InvitationsEnd } from "./invitations-end";
import { RoleChoice } from "./role-choice";

interface ChangeRoleDialogProps {
  business: string;
  member: MemberView;
  isYou: boolean;
  isLastOwner: boolean;
  onClose: () => void;
}

export function ChangeRoleDialog({ business, member, isYou, isLastOwner, onClose }: ChangeRoleDialogProps) {
  const change = useChangeRole(business);
  const form = useForm<z.output<typeof changeRoleSchema>>({
    resolver: zodResolver(changeRoleSchema, { error: issueWords }),
    defaultValues: { role: member.role },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ role }) => {
    try {
      await change.mutateAsync({ userId: member.userId, role });
      toast.success(`${member.name} is now: ${ROLE_WORDS[role].name}.`);
      onClose();
      // One's own rights decide what this page shows.
      if (isYou && role !== member.role) window.location.reload();
    } catch (error) {
      showProblem(error, form.setError, ["role"]);
    }
  });
  return (
    <Dialog open onOpenChange={(open) => !open && !change.isPending && onClose()}>
      <DialogContent title={`Change ${isYou ? "your" : `${member.name}'s`} role`} description={member.email}>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {errors.root?.server && <ProblemAlert problem={errors.root.server} />}
          {isLastOwner && (
            <Alert tone="info">
              A business needs an owner, and this is the only one. Make someone else an owner first.
            </Alert>
          )}
          <RoleChoice register={form.register("role")} error={errors.role?.message} />
          {form.watch("role") !== "OWNER" && <InvitationsEnd business={business} member={member} isYou={isYou} />}
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="secondary">Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" loading={change.isPending} disabled={isLastOwner}>
              Save role
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
