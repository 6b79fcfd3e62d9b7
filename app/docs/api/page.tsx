import type { Metadata } from "next";
import { Reference } from "@/components/openapi/reference";
import { v1Document } from "@/features/openapi/v1";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "API reference" };

export default function ApiReferencePage() {
  return <Reference version="v1" document={v1Document(env.PUBLIC_URL)} />;
}
