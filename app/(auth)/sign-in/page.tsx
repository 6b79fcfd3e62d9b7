import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { PlainShell } from "@/components/shell/plain-shell";
import { demoPeople } from "@/features/accounts/demo-people";
import { findUser } from "@/features/businesses/session";
import { localPath } from "@/lib/local-path";
import { passkeyPlace } from "@/lib/passkey-place";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams;
  const place = localPath(typeof next === "string" ? next : null);
  if (await findUser(await headers())) redirect(place);
  return (
    <PlainShell>
      <h1 className="font-semibold text-2xl tracking-tight">Sign in</h1>
      <p className="mt-1 mb-6 text-muted">See what you owe and what you are owed, pay, and confirm payments.</p>
      <SignInForm next={place} demoPeople={await demoPeople()} passkeyOrigin={passkeyPlace()?.origin ?? null} />
    </PlainShell>
  );
}
