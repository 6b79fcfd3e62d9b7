"use client";

import type { ComponentProps } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { PasswordForm } from "./password-form";
import { useUnderWay } from "./use-under-way";

interface PasswordDialogProps extends ComponentProps<typeof PasswordForm> {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
}

/** Asks for one's password, and says what for. It stays open until what was asked for is done. */
export function PasswordDialog({ open, onClose, title, description, onConfirm, ...form }: PasswordDialogProps) {
  const { isUnderWay, during } = useUnderWay();
  return (
    <Dialog open={open} onOpenChange={(next) => !next && !isUnderWay && onClose()}>
      <DialogContent title={title} description={description}>
        <PasswordForm {...form} onConfirm={(password) => during(() => onConfirm(password))} />
      </DialogContent>
    </Dialog>
  );
}
