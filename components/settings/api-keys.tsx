"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableHeader, TableRow } from "@/components/ui/table";
import { TableHead } from "@/components/ui/table-head";
import { TextLink } from "@/components/ui/text-link";
import { apiKeysQuery } from "@/features/api-keys/client";
import type { ApiKeyView } from "@/features/api-keys/schema";
import { ApiKeyRow } from "./api-key-row";
import { CreateKeyDialog } from "./create-key-dialog";

interface ApiKeysProps {
  business: string;
  canManage: boolean;
  initial: ApiKeyView[];
}

export function ApiKeys({ business, canManage, initial }: ApiKeysProps) {
  const [creating, setCreating] = useState(false);
  const { data, isError } = useQuery({ ...apiKeysQuery(business), initialData: { apiKeys: initial } });
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
            <TextLink href="/docs/api">How to use it</TextLink>
          </>
        }
        actions={data.apiKeys.length > 0 && createButton}
      />
      {isError && (
        <Alert tone="warning" live className="mb-4">
          This list could not be refreshed: it may be older than it looks.
        </Alert>
      )}
      {data.apiKeys.length === 0 ? (
        <EmptyState icon={<KeyRound />} title="No keys yet" actions={createButton}>
          {canManage
            ? "Create one for each program that acts for this business."
            : "An owner of this business can create one."}
        </EmptyState>
      ) : (
        <Card>
          <Table label="API keys">
            <TableHeader>
              <TableRow>
                <TableHead>Name</TableHead>
                <TableHead>Created</TableHead>
                <TableHead>Last used</TableHead>
                <TableHead>
                  <span className="sr-only">Actions</span>
                </TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {data.apiKeys.map((apiKey) => (
                <ApiKeyRow key={apiKey.id} business={business} apiKey={apiKey} canManage={canManage} />
              ))}
            </TableBody>
          </Table>
        </Card>
      )}
      {canManage && <CreateKeyDialog business={business} open={creating} onOpenChange={setCreating} />}
    </>
  );
}
