import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SecondStepForm } from "@/components/auth/second-step-form";
import { PlainShell } from "@/components/shell/plain-shell";
import { findUser } from "@/features/businesses/session";
import { localPath } from "@/lib/local-path";

export const metadata: Metadata = { title: "Sign in: the code" };

interface CodePageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function CodePage({ searchParams }: CodePageProps) {
  const { next } = await searchParams;
  const place = localPath(typeof next === "string" ? next : null);
  if (await findUser(await headers())) redirect(place);
  return (
    <PlainShell>
      <h1 className="font-semibold text-2xl tracking-tight">One more step</h1>
      <SecondStepForm next={place} />
    </PlainShell>
  );
}
