"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DemoPerson } from "@/features/accounts/demo-people";
import { type SignInInput, signInSchema } from "@/features/accounts/schema";
import { PASSWORD_TOO_LONG, signIn } from "@/lib/auth-client";
import { ProblemError, problemWords } from "@/lib/http/client";
import { DemoSignIns } from "./demo-sign-ins";
import { PasskeySignIn } from "./passkey-sign-in";
import { PasswordInput } from "./password-input";

interface SignInFormProps {
  /** Where to go on to: a path of this portal. */
  next: string;
  /** Who can be tried, in the demo alone. */
  demoPeople: readonly DemoPerson[];
  /** Where passkeys hold: the portal's own origin; null where there can be none. */
  passkeyOrigin: string | null;
}

function failureWords(error: unknown): string {
  if (error instanceof ProblemError && (error.status === 401 || error.code === PASSWORD_TOO_LONG)) {
    return "This e-mail address and password don't go together. Check both, or ask an owner of your business.";
  }
  return problemWords(error);
}

export function SignInForm({ next, demoPeople, passkeyOrigin }: SignInFormProps) {
  const form = useForm<SignInInput>({
    resolver: zodResolver(signInSchema),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const submit = form.handleSubmit(async (credentials) => {
    try {
      const { needsCode } = await signIn(credentials);
      // A whole new page, so that nothing in memory is left of whoever was signed in before.
      window.location.assign(needsCode ? `/sign-in/code?next=${encodeURIComponent(next)}` : next);
    } catch (error) {
      form.setError("root", { message: failureWords(error) });
      // Without an answer there is nothing wrong with it.
      if (!(error instanceof ProblemError && error.mayPass)) form.resetField("password", { defaultValue: "" });
      form.setFocus("password");
    }
  });

  return (
    <div className="flex flex-col gap-6">
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {errors.root && (
          <Alert tone="danger" live>
            {errors.root.message}
          </Alert>
        )}
        <Field label="E-mail address" error={errors.email?.message} required>
          <Input type="email" inputMode="email" autoComplete="username webauthn" {...form.register("email")} />
        </Field>
        <Field label="Password" error={errors.password?.message} required>
          <PasswordInput autoComplete="current-password" {...form.register("password")} />
        </Field>
        <Button type="submit" variant="primary" size="lg" loading={isSubmitting || isSubmitSuccessful}>
          Sign in
        </Button>
      </form>
      <PasskeySignIn next={next} origin={passkeyOrigin} />
      {demoPeople.length > 0 && (
        <DemoSignIns
          people={demoPeople}
          onChoose={({ email, password }) => {
            form.reset({ email, password });
            void submit();
          }}
        />
      )}
    </div>
  );
}
