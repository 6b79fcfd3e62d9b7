"use client";

import { useParams } from "next/navigation";
import { LinkButton } from "@/components/ui/link-button";

/** To the home of the business in the address; "/" leads to the first of somebody's businesses, which may be another. */
export function HomeLink() {
  const { business } = useParams<{ business: string }>();
  return (
    <LinkButton variant="primary" href={`/b/${business}`}>
      Go to home
    </LinkButton>
  );
}
