import type { ReactNode } from "react";
import { PortalFrame } from "@/components/auth/portal-frame";
import { listMyBusinesses } from "@/features/businesses/data";
import { pageScope, pageUser } from "@/features/businesses/page-gate";
import { pageHome } from "@/features/home/page-home";

interface BusinessLayoutProps {
  params: Promise<{ business: string }>;
  children: ReactNode;
}

export default async function BusinessLayout({ params, children }: BusinessLayoutProps) {
  const { business } = await params;
  const [user, scope] = await Promise.all([pageUser(), pageScope(business)]);
  const [businesses, home] = await Promise.all([listMyBusinesses(user.id), pageHome(business)]);
  const current = businesses.find((each) => each.b2bId === scope.b2bId);
  // Taken out of the business between the two look-ups: the page itself answers.
  if (!current) return children;
  return (
    <PortalFrame business={current} businesses={businesses} user={user} person={user.id} home={home}>
      {children}
    </PortalFrame>
  );
}
