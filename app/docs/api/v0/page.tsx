import type { Metadata } from "next";
import { Reference } from "@/components/openapi/reference";
import { v0Document } from "@/features/openapi/v0";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Bharat Connect API reference" };

interface WireReferencePageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function WireReferencePage({ searchParams }: WireReferencePageProps) {
  const { from } = await searchParams;
  return <Reference version="v0" from={from} document={v0Document(env.PUBLIC_URL)} />;
}
