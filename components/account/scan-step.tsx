"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { hasFinePointer } from "@/components/ui/fine-pointer";
import { Input } from "@/components/ui/input";
import { QrCode } from "@/components/ui/qr-code";
import { codeSchema } from "@/features/accounts/schema";
import { ProblemError, problemWords } from "@/lib/http/client";

interface ScanStepProps {
  totpURI: string;
  /** Gives the app's first code; rejects when it doesn't fit. */
  onCode: (code: string) => Promise<void>;
}

function failureWords(error: unknown): string {
  return error instanceof ProblemError && error.code === "INVALID_CODE"
    ? "This code doesn't fit. Wait for the next one, and see that the phone's clock is right."
    : problemWords(error);
}

/** The app learns the secret, by camera or by hand, and shows that it did by its first code. */
export function ScanStep({ totpURI, onCode }: ScanStepProps) {
  const form = useForm<{ code: string }>({ resolver: zodResolver(codeSchema), defaultValues: { code: "" } });
  const { errors, isSubmitting } = form.formState;
  // It takes the place of the password's form, and of its focus.
  useEffect(() => {
    if (hasFinePointer()) form.setFocus("code");
  }, [form.setFocus]);
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  const submit = form.handleSubmit(async ({ code }) => {
    try {
      await onCode(code);
    } catch (error) {
      form.setError("code", { message: failureWords(error) }, { shouldFocus: true });
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div className="flex flex-col items-center gap-5 sm:flex-row sm:items-start">
        <QrCode value={totpURI} label="QR code for your authenticator app" className="size-44 shrink-0" />
        <div className="flex min-w-0 flex-col gap-3">
          <p>
            Open an authenticator app on your phone (Google Authenticator, Microsoft Authenticator, 1Password…) and scan
            this code with it.
          </p>
          <div>
            <p className="mb-1 text-[0.8125rem] text-muted">Or type this key into it:</p>
            <p className="flex items-start gap-1.5">
              <code className="min-w-0 select-all break-words font-mono">{secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
              <CopyButton value={secret} label="key" />
            </p>
          </div>
        </div>
      </div>
      <Field label="The six digits that the app shows" error={errors.code?.message} required>
        <Input
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          className="font-mono tracking-widest"
          {...form.register("code")}
        />
      </Field>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="secondary">Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={isSubmitting}>
          Turn on
        </Button>
      </DialogFooter>
    </form>
  );
}
