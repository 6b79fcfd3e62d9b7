"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ProblemAlert } from "@/components/ui/problem-alert";
import { useCreateApiKey } from "@/features/api-keys/client";
import { type CreateApiKeyInput, createApiKeySchema } from "@/features/api-keys/schema";
import { showProblem } from "@/lib/http/client";
import { issueWords } from "@/lib/http/issues";
import { uuidv7 } from "@/lib/ids";

interface CreateKeyFormProps {
  business: string;
  onCreated: (keyText: string) => void;
  onSending: (isSending: boolean) => void;
}

export function CreateKeyForm({ business, onCreated, onSending }: CreateKeyFormProps) {
  // One id for this form, so that a repeated request doesn't make a second key.
  const [id] = useState(uuidv7);
  const create = useCreateApiKey(business);
  const form = useForm<CreateApiKeyInput>({
    resolver: zodResolver(createApiKeySchema, { error: issueWords }),
    defaultValues: { id, name: "" },
  });
  const { errors } = form.formState;
  useEffect(() => {
    onSending(create.isPending);
    return () => onSending(false);
  }, [onSending, create.isPending]);
  const submit = form.handleSubmit(async (input) => {
    try {
      onCreated((await create.mutateAsync(input)).keyText);
    } catch (error) {
      showProblem(error, form.setError, ["name"]);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {errors.root?.server && <ProblemAlert problem={errors.root.server} />}
      <Field
        label="Name"
        hint="Which program is it for? “Tally at head office”, say."
        error={errors.name?.message}
        required
      >
        <Input autoComplete="off" maxLength={60} {...form.register("name")} />
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={create.isPending}>
          Create key
        </Button>
      </DialogFooter>
    </form>
  );
}
