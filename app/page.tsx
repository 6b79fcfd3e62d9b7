import { Building2 } from "lucide-react";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { PlainShell } from "@/components/shell/plain-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { listMyBusinesses } from "@/features/businesses/data";
import { pageUser } from "@/features/businesses/page-gate";
import { listMyInvitations } from "@/features/invitations/data";
import { systemClock } from "@/lib/time";

export default async function RootPage() {
  const user = await pageUser();
  const [first] = await listMyBusinesses(user.id);
  if (first) redirect(`/b/${first.slug}`);
  const invitations = await listMyInvitations(user.id, systemClock());
  if (invitations.length > 0) redirect("/account");
  return (
    <PlainShell>
      <EmptyState icon={<Building2 />} title={<h1>You belong to no business yet</h1>} actions={<SignOutButton />}>
        Ask an owner of your business to add {user.email} under Settings, People. Then open this page again.
      </EmptyState>
    </PlainShell>
  );
}
