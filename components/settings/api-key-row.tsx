"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TableRow } from "@/components/ui/table";
import { TableCell } from "@/components/ui/table-cell";
import { useRevokeApiKey } from "@/features/api-keys/client";
import type { ApiKeyView } from "@/features/api-keys/schema";
import { formatDate, formatDateTime } from "@/lib/time";

interface ApiKeyRowProps {
  business: string;
  apiKey: ApiKeyView;
  canManage: boolean;
}

export function ApiKeyRow({ business, apiKey, canManage }: ApiKeyRowProps) {
  const { name, hint, createdAt, createdBy, lastUsedAt, revokedAt, revokedBy } = apiKey;
  return (
    <TableRow>
      <TableCell namesRow stack="title">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          <span className="wrap-anywhere">{name}</span> {revokedAt && <Badge>Revoked</Badge>}
        </p>
        <p className="font-mono text-[0.8125rem] text-muted">chk_…{hint}</p>
      </TableCell>
      <TableCell label="Created">
        {formatDate(new Date(createdAt))} by {createdBy}
      </TableCell>
      <TableCell label={revokedAt ? "Revoked" : "Last used"}>
        {revokedAt && (
          <span>
            <span className="stacked:hidden">Revoked </span>
            {formatDate(new Date(revokedAt))}
            {revokedBy && ` by ${revokedBy}`}
          </span>
        )}
        {!revokedAt && (lastUsedAt ? formatDateTime(new Date(lastUsedAt)) : "Never")}
      </TableCell>
      <TableCell stack="aside" className="text-right">
        {canManage && !revokedAt && <RevokeKey business={business} apiKey={apiKey} />}
      </TableCell>
    </TableRow>
  );
}

function RevokeKey({ business, apiKey }: { business: string; apiKey: ApiKeyView }) {
  const [asking, setAsking] = useState(false);
  const revoke = useRevokeApiKey(business);
  const done = () => {
    toast.success(`The key “${apiKey.name}” no longer works.`);
    setAsking(false);
  };
  return (
    <>
      <Button variant="danger-quiet" size="sm" aria-label={`Revoke ${apiKey.name}`} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={(open) => {
          setAsking(open);
          revoke.reset();
        }}
        title={`Revoke “${apiKey.name}”?`}
        description="Software that uses this key is refused from this moment on. This can't be undone."
        confirmLabel="Revoke key"
        tone="danger"
        loading={revoke.isPending}
        onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: done })}
      >
        {revoke.error && (
          <Alert tone="danger" live>
            {revoke.error.message}
          </Alert>
        )}
      </AlertDialog>
    </>
  );
}
