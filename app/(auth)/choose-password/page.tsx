import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { ChoosePasswordForm } from "@/components/auth/choose-password-form";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { PlainShell } from "@/components/shell/plain-shell";
import { LinkButton } from "@/components/ui/link-button";
import { findUser } from "@/features/businesses/session";
import { localPath } from "@/lib/local-path";

export const metadata: Metadata = { title: "Choose a password" };

interface ChoosePasswordPageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function ChoosePasswordPage({ searchParams }: ChoosePasswordPageProps) {
  const { next } = await searchParams;
  const user = await findUser(await headers());
  if (!user) redirect("/sign-in?next=/choose-password");
  const place = localPath(typeof next === "string" ? next : null);
  return (
    <PlainShell>
      <h1 className="font-semibold text-2xl tracking-tight">Choose a password</h1>
      <p className="mt-1 mb-6 text-muted">
        {user.mustChangePassword
          ? `Welcome, ${user.name}. The password you signed in with was handed to you: choose one that only you know.`
          : "You stay signed in here, and are signed out everywhere else."}
      </p>
      <ChoosePasswordForm next={place} email={user.email} />
      <div className="mt-4 flex flex-col">
        {user.mustChangePassword ? <SignOutButton /> : <LinkButton href={place}>Cancel</LinkButton>}
      </div>
    </PlainShell>
  );
}
