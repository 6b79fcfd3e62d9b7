"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Alert } from "@/components/ui/alert";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useChangeSettings } from "@/features/businesses/client";

export interface SecondFactorRuleProps {
  business: string;
  canManage: boolean;
  /** Who asks it of everyone. Where the portal's operator does there is nothing to choose. */
  askedBy: "business" | "operator" | null;
}

/** Whether everyone in the business needs two-step sign-in, and an owner's way to change it. */
export function SecondFactorRule({ business, canManage, askedBy }: SecondFactorRuleProps) {
  const router = useRouter();
  const required = askedBy !== null;
  const [asking, setAsking] = useState(false);
  const change = useChangeSettings(business);
  const byOperator = askedBy === "operator";
  const done = () => {
    router.refresh();
    setAsking(false);
    toast.success(required ? "Two-step sign-in is everyone's own choice." : "Everyone here needs two-step sign-in.");
  };
  return (
    <Card aria-labelledby="second-factor-rule" className="mt-5">
      <CardHeader
        title={
          <span id="second-factor-rule" className="flex items-center gap-2">
            Two-step sign-in for everyone{" "}
            {required ? <Badge tone="success">Required</Badge> : <Badge>Everyone's own choice</Badge>}
          </span>
        }
        description={`A stolen password alone then opens nothing here: signing in takes a code from an app as well.${
          byOperator ? " Whoever runs this portal asks it of everyone." : ""
        }`}
        actions={
          canManage &&
          !byOperator && (
            <Button variant="secondary" onClick={() => setAsking(true)}>
              {required ? "Don't require it" : "Require it"}
            </Button>
          )
        }
      />
      <CardBody className="pt-0!" />
      <AlertDialog
        open={asking}
        onOpenChange={(open) => {
          setAsking(open);
          change.reset();
        }}
        title={required ? "Leave two-step sign-in to everyone?" : "Require two-step sign-in?"}
        description={
          required
            ? "Who has set it up keeps it. Others can come in with the password alone."
            : "Whoever has not set it up is led to do so before they see this business again. API keys go on working."
        }
        confirmLabel={required ? "Don't require it" : "Require it"}
        loading={change.isPending}
        onConfirm={() => change.mutate({ requireSecondFactor: !required }, { onSuccess: done })}
      >
        {change.error && (
          <Alert tone="danger" live>
            {change.error.message}
          </Alert>
        )}
      </AlertDialog>
    </Card>
  );
}
