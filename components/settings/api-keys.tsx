"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { broughtAt } from "@/components/brought-at";
import { referenceHref } from "@/components/shell/reference-links";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import { apiKeysQuery } from "@/features/api-keys/client";
import type { ApiKeyView } from "@/features/api-keys/schema";
import { ApiKeyRow } from "./api-key-row";
import { CreateKeyDialog } from "./create-key-dialog";
import { SettingsTable } from "./settings-table";

interface ApiKeysProps {
  business: string;
  canManage: boolean;
  initial: ApiKeyView[];
}

export function ApiKeys({ business, canManage, initial }: ApiKeysProps) {
  const [creating, setCreating] = useState(false);
  const { data, isError } = useQuery({
    ...apiKeysQuery(business),
    initialData: { apiKeys: initial },
    initialDataUpdatedAt: broughtAt(initial),
  });
  const isEmpty = data.apiKeys.length === 0 && !isError;
  const createButton = canManage && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden /> Create a key
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API keys"
        description={
          <>
            With a key your own software (an ERP, Tally, a script) pays and confirms for this business.{" "}
            <TextLink href={referenceHref("v1", business)}>How to use it</TextLink>
          </>
        }
        actions={!isEmpty && createButton}
      />
      {isEmpty ? (
        <EmptyState icon={<KeyRound />} title="No keys yet" actions={createButton}>
          {canManage
            ? "Create one for each program that acts for this business."
            : "An owner of this business can create one."}
        </EmptyState>
      ) : (
        <Card>
          <SettingsTable
            label="API keys"
            headings={["Name", "Created", "Last used"]}
            shown={data.apiKeys.map(({ id, revokedAt }) => `${id} ${revokedAt}`).join()}
            isStale={isError}
          >
            {data.apiKeys.map((apiKey) => (
              <ApiKeyRow key={apiKey.id} business={business} apiKey={apiKey} canManage={canManage} />
            ))}
          </SettingsTable>
        </Card>
      )}
      {canManage && <CreateKeyDialog business={business} open={creating} onOpenChange={setCreating} />}
    </>
  );
}
