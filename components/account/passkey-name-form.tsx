"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { hasFinePointer } from "@/components/ui/fine-pointer";
import { Input } from "@/components/ui/input";
import { passkeyNameSchema } from "@/features/accounts/schema";
import { problemWords } from "@/lib/http/client";

interface PasskeyNameFormProps {
  /** What stands there at first. */
  name: string;
  confirmLabel: string;
  /** Resolves to what went wrong in words, or to null when all is done. */
  onName: (name: string) => Promise<string | null>;
}

/** Inside a dialog: what a passkey is called. */
export function PasskeyNameForm({ name, confirmLabel, onName }: PasskeyNameFormProps) {
  const form = useForm<z.output<typeof passkeyNameSchema>>({
    resolver: zodResolver(passkeyNameSchema),
    defaultValues: { name },
  });
  const { errors, isSubmitting } = form.formState;
  // It may take the place of the password's form, and of its focus.
  useEffect(() => {
    if (hasFinePointer()) form.setFocus("name", { shouldSelect: true });
  }, [form.setFocus]);
  const submit = form.handleSubmit(async (given) => {
    const message = await onName(given.name).catch(problemWords);
    if (message !== null) form.setError("root", { message });
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root && (
        <Alert tone="danger" live>
          {errors.root.message}
        </Alert>
      )}
      <Field
        label="Name"
        hint="So that you know it again: the device, or the password manager that keeps it."
        error={errors.name?.message}
        required
      >
        <Input autoComplete="off" maxLength={60} {...form.register("name")} />
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={isSubmitting}>
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  );
}
