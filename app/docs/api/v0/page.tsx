import type { Metadata } from "next";
import { Reference } from "@/components/openapi/reference";
import { v0Document } from "@/features/openapi/v0";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Bharat Connect API reference" };

export default function WireReferencePage() {
  return <Reference version="v0" document={v0Document(env.PUBLIC_URL)} />;
}
