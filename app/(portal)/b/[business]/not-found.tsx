import { SearchX } from "lucide-react";
import { HomeLink } from "@/components/shell/home-link";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Not found" };

/** Within the portal's shell; the same words for what is someone else's and what never was. */
export default function BusinessPageNotFound() {
  return (
    <EmptyState icon={<SearchX />} title={<h1>This page was not found</h1>} actions={<HomeLink />}>
      The bill, invoice or payment does not exist, or belongs to another business.
    </EmptyState>
  );
}
