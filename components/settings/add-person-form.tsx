"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { useAddMember } from "@/features/businesses/client";
import { type AddedMember, type AddMemberInput, addMemberSchema } from "@/features/businesses/schema";
import { showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { RoleChoice } from "./role-choice";

interface AddPersonFormProps {
  business: string;
  onAdded: (result: AddedMember) => void;
  onSending: (isSending: boolean) => void;
}

export function AddPersonForm({ business, onAdded, onSending }: AddPersonFormProps) {
  const add = useAddMember(business);
  const form = useForm<z.input<typeof addMemberSchema>, unknown, AddMemberInput>({
    resolver: zodResolver(addMemberSchema, { error: issueWords }),
    defaultValues: { email: "", role: "FINANCE" },
  });
  const { errors } = form.formState;
  useEffect(() => {
    onSending(add.isPending);
    return () => onSending(false);
  }, [onSending, add.isPending]);
  const submit = form.handleSubmit(async (input) => {
    try {
      onAdded(await add.mutateAsync(input));
    } catch (error) {
      showProblem(error, form.setError, ["email", "name", "role"]);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.server && <ProblemAlert problem={errors.root.server} />}
      <Field label="E-mail address" error={errors.email?.message} required>
        <Input type="email" inputMode="email" autoComplete="off" {...form.register("email")} />
      </Field>
      <Field
        label="Name"
        hint="Leave it empty for somebody who has a Chukta account: they keep the name they have."
        error={errors.name?.message}
      >
        <Input
          autoComplete="off"
          {...form.register("name", { setValueAs: (name: string) => name?.trim() || undefined })}
        />
      </Field>
      <RoleChoice register={form.register("role")} error={errors.role?.message} />
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={add.isPending}>
          Add person
        </Button>
      </DialogFooter>
    </form>
  );
}
