"use client";

import { useQuery } from "@tanstack/react-query";
import { BadgeCheck } from "lucide-react";
import { LinkButton } from "@/components/ui/link-button";
import { homeQuery } from "@/features/home/client";

/** To what waits for a second person, while anything does. The frame around the page has asked for the numbers. */
export function ToApproveLink({ business }: { business: string }) {
  const { data } = useQuery({ ...homeQuery(business), enabled: false });
  const count = data?.pay.toApprove.count ?? 0;
  if (count === 0) return null;
  return (
    <LinkButton variant="secondary" href={`/b/${business}/payments/to-approve`}>
      <BadgeCheck aria-hidden /> {count.toLocaleString("en-IN")} to approve
    </LinkButton>
  );
}
