"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { confirmPasswordSchema } from "@/features/accounts/schema";
import { WRONG_PASSWORD } from "@/lib/auth-client";
import { ProblemError, problemWords } from "@/lib/http/client";

type PasswordInput = z.output<typeof confirmPasswordSchema>;

/** A form that takes one's password and does something with it; what goes wrong stands beside the field, or above it. */
export function usePasswordStep(act: (password: string) => Promise<void>) {
  const form = useForm<PasswordInput>({
    resolver: zodResolver(confirmPasswordSchema),
    defaultValues: { password: "" },
  });
  const submit = form.handleSubmit(async ({ password }) => {
    try {
      await act(password);
    } catch (error) {
      if (error instanceof ProblemError && error.code === WRONG_PASSWORD)
        form.setError("password", { message: "This is not your password." }, { shouldFocus: true });
      else form.setError("root", { message: problemWords(error) });
    }
  });
  return { form, submit };
}
