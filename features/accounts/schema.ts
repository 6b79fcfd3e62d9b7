import { z } from "zod";
import { passkeyName } from "@/lib/passkey-name";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/password";

export const signInSchema = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1, "Write your e-mail address.")
    .pipe(z.email("Write an e-mail address, like name@company.in.")),
  password: z.string().min(1, "Write your password."),
});

export type SignInInput = z.output<typeof signInSchema>;

export const choosePasswordSchema = z
  .strictObject({
    currentPassword: z.string().min(1, "Write the password that you signed in with."),
    newPassword: z
      .string()
      .min(MIN_PASSWORD_LENGTH, `Use at least ${MIN_PASSWORD_LENGTH} characters. A few words in a row do well.`)
      .max(MAX_PASSWORD_LENGTH),
    again: z.string(),
  })
  .refine((form) => form.newPassword === form.again, { path: ["again"], error: "The two are not the same." })
  .refine((form) => form.newPassword !== form.currentPassword, {
    path: ["newPassword"],
    error: "Choose another one than you have now.",
  });

export type ChoosePasswordInput = z.output<typeof choosePasswordSchema>;

export const codeSchema = z.strictObject({
  code: z
    .string()
    .transform((text) => text.replace(/\D/g, ""))
    .pipe(z.string().length(6, "Write the six digits that the app shows now.")),
});

export const recoveryCodeSchema = z.strictObject({
  code: z.string().trim().min(10, "Write one of the codes that you kept, like ab2cd-3ef4g."),
});

export const confirmPasswordSchema = z.strictObject({ password: z.string().min(1, "Write your password.") });

export const passkeyNameSchema = z.strictObject({ name: passkeyName });
