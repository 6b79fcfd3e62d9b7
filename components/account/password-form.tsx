"use client";

import { PasswordInput } from "@/components/auth/password-input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { usePasswordStep } from "./use-password-step";

interface PasswordFormProps {
  /** For the browser's password store: whose password it is. */
  email: string;
  /** The verb: "Turn off". */
  confirmLabel: string;
  tone?: "default" | "danger";
  onConfirm: (password: string) => Promise<void>;
}

/** Inside a dialog: takes one's password before something that concerns how one signs in. */
export function PasswordForm({ email, confirmLabel, tone = "default", onConfirm }: PasswordFormProps) {
  const { form, submit } = usePasswordStep(onConfirm);
  const { errors, isSubmitting } = form.formState;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root && (
        <Alert tone="danger" live>
          {errors.root.message}
        </Alert>
      )}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your password" error={errors.password?.message} required>
        <PasswordInput autoComplete="current-password" {...form.register("password")} />
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" variant={tone === "danger" ? "danger" : "primary"} loading={isSubmitting}>
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
