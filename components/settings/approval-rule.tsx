"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { approvalRuleWords } from "@/features/businesses/approval-form";
import { ApprovalRuleForm } from "./approval-rule-form";

export interface ApprovalRuleProps {
  business: string;
  canManage: boolean;
  /** From how many paise on a payment waits for a second person; null: none does. */
  from: number | null;
}

/** Whose payments a second person approves before suppliers are told, and an owner's way to change it. */
export function ApprovalRule({ business, canManage, from }: ApprovalRuleProps) {
  const [changing, setChanging] = useState(false);
  const [isSending, setSending] = useState(false);
  const words = approvalRuleWords(from);
  return (
    <Card aria-labelledby="approval-rule" className="mt-5">
      <CardHeader
        title={
          <span id="approval-rule" className="flex flex-wrap items-center gap-2">
            A second person approves payments{" "}
            {words ? <Badge tone="success">{words}</Badge> : <Badge>Not asked for</Badge>}
          </span>
        }
        description="The supplier is told of such a payment once somebody else with the finance or owner role has looked at it. It holds for API keys too."
        actions={
          canManage && (
            <Button variant="secondary" onClick={() => setChanging(true)}>
              Change…
            </Button>
          )
        }
      />
      <CardBody className="pt-0!" />
      <Dialog open={changing} onOpenChange={(open) => !isSending && setChanging(open)}>
        <DialogContent
          title="Which payments does a second person approve?"
          description="What waits already goes on waiting, whatever you choose here."
        >
          <ApprovalRuleForm business={business} from={from} onSending={setSending} onSaved={() => setChanging(false)} />
        </DialogContent>
      </Dialog>
    </Card>
  );
}
