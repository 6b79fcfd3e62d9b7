import type { Metadata } from "next";
import { SecondStepForm } from "@/components/auth/second-step-form";
import { PlainShell } from "@/components/shell/plain-shell";
import { localPath } from "@/lib/local-path";

export const metadata: Metadata = { title: "Sign in: the code" };

interface CodePageProps {
  searchParams: Promise<{ next?: string | string[] }>;
}

export default async function CodePage({ searchParams }: CodePageProps) {
  const { next } = await searchParams;
  return (
    <PlainShell>
      <h1 className="font-semibold text-2xl tracking-tight">One more step</h1>
      <SecondStepForm next={localPath(typeof next === "string" ? next : null)} />
    </PlainShell>
  );
}
