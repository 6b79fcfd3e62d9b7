import type { Metadata } from "next";
import { ApiKeys } from "@/components/settings/api-keys";
import { listApiKeys } from "@/features/api-keys/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  return (
    <ApiKeys
      business={businessName(business)}
      canManage={mayAct(scope.role, "OWNER")}
      initial={await listApiKeys(scope)}
    />
  );
}
