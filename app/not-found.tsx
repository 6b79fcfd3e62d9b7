import { SearchX } from "lucide-react";
import { PlainShell } from "@/components/shell/plain-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PlainShell>
      {/* For whoever is not of the business in the address its layout has no title, and metadata here would be lost with it. */}
      <title>Not found · Chukta</title>
      <EmptyState
        icon={<SearchX />}
        title={<h1>There is nothing here</h1>}
        actions={
          <LinkButton variant="primary" href="/">
            Go to home
          </LinkButton>
        }
      >
        The page, bill or payment does not exist, or belongs to a business that you are not a member of.
      </EmptyState>
    </PlainShell>
  );
}
