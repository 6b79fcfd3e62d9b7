"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { TextLink } from "@/components/ui/text-link";
import { codeSchema, recoveryCodeSchema } from "@/features/accounts/schema";
import { giveCode, giveRecoveryCode } from "@/lib/auth-client";
import { ProblemError, problemWords } from "@/lib/http/client";

interface SecondStepFormProps {
  /** Where to go on to: a path of this portal. */
  next: string;
}

/** Better-auth's words where they are for programs. */
const WORDS: Record<string, string> = {
  INVALID_CODE: "This code doesn't fit. Wait for the next one, and see that the phone's clock is right.",
  INVALID_BACKUP_CODE: "This is none of your recovery codes, or it was used already.",
  INVALID_TWO_FACTOR_COOKIE: "This took too long. Please sign in again.",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "Too many attempts. Please sign in again.",
  ACCOUNT_TEMPORARILY_LOCKED: "Too many attempts. Try again in a quarter of an hour.",
};

function failureWords(error: unknown): string {
  return (error instanceof ProblemError && WORDS[error.code]) || problemWords(error);
}

const WAYS = {
  app: {
    schema: codeSchema,
    give: giveCode,
    lead: "Write the six digits that your authenticator app shows now.",
    label: "Code",
    other: "I don't have my phone",
  },
  recovery: {
    schema: recoveryCodeSchema,
    give: giveRecoveryCode,
    lead: "Write one of the recovery codes that you kept. Each signs you in once.",
    label: "Recovery code",
    other: "Use the app's code",
  },
} as const;

export function SecondStepForm({ next }: SecondStepFormProps) {
  const [way, setWay] = useState<keyof typeof WAYS>("app");
  const { schema, give, lead, label, other } = WAYS[way];
  const form = useForm<{ code: string }>({ resolver: zodResolver(schema), defaultValues: { code: "" } });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each way has a field of its own
  useEffect(() => form.setFocus("code"), [form.setFocus, way]);

  const submit = form.handleSubmit(async ({ code }) => {
    try {
      await give(code);
      // A whole new page, so that nothing in memory is left of whoever was signed in before.
      window.location.assign(next);
    } catch (error) {
      form.setError("root", { message: failureWords(error) });
      form.resetField("code", { defaultValue: "" });
      form.setFocus("code");
    }
  });
  const change = () => {
    form.reset();
    setWay(way === "app" ? "recovery" : "app");
  };

  return (
    <>
      <p className="mt-1 mb-6 text-muted">{lead}</p>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {errors.root && (
          <Alert tone="danger" live>
            {errors.root.message}
          </Alert>
        )}
        <Field label={label} error={errors.code?.message} required>
          <Input
            key={way}
            inputMode={way === "app" ? "numeric" : "text"}
            autoComplete={way === "app" ? "one-time-code" : "off"}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={way === "app" ? 7 : 20}
            className="font-mono tracking-widest"
            {...form.register("code")}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={isSubmitting || isSubmitSuccessful}>
          Sign in
        </Button>
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <Button variant="link" onClick={change}>
            {other}
          </Button>
          <TextLink href={`/sign-in?next=${encodeURIComponent(next)}`}>Begin again</TextLink>
        </div>
      </form>
    </>
  );
}
