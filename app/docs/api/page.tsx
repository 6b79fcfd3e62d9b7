import type { Metadata } from "next";
import { Reference } from "@/components/openapi/reference";
import { v1Document } from "@/features/openapi/v1";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "API reference" };

interface ApiReferencePageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function ApiReferencePage({ searchParams }: ApiReferencePageProps) {
  const { from } = await searchParams;
  return <Reference version="v1" from={from} document={v1Document(env.PUBLIC_URL)} />;
}
