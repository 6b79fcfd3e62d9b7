import type { Metadata } from "next";
import { cache, type ReactNode } from "react";
import { PortalFrame } from "@/components/auth/portal-frame";
import { TodayProvider } from "@/components/today";
import { listMyBusinesses } from "@/features/businesses/data";
import { pageScope, pageUser } from "@/features/businesses/page-gate";
import { pageHome } from "@/features/home/page-home";

interface BusinessParams {
  params: Promise<{ business: string }>;
}

interface BusinessLayoutProps extends BusinessParams {
  children: ReactNode;
}

/** Read once for the titles and the frame. */
const readBusinesses = cache(async (business: string) => {
  const [user, scope] = await Promise.all([pageUser(), pageScope(business)]);
  const businesses = await listMyBusinesses(user.id);
  return { user, businesses, current: businesses.find((each) => each.b2bId === scope.b2bId) };
});

/** Whoever has several businesses sees in the title which one a tab is of. */
export async function generateMetadata({ params }: BusinessParams): Promise<Metadata> {
  // What is not found, or needs signing in first, the layout below says: thrown here too, "Not found" itself would have no title.
  const read = await readBusinesses((await params).business).catch(() => null);
  if (!read?.current || read.businesses.length === 1) return {};
  const { name } = read.current;
  return { title: { default: name, template: `%s · ${name} · Chukta` } };
}

export default async function BusinessLayout({ params, children }: BusinessLayoutProps) {
  const { business } = await params;
  const [{ user, businesses, current }, home] = await Promise.all([readBusinesses(business), pageHome(business)]);
  // Taken out of the business between the two look-ups: the page itself answers.
  if (!current) return children;
  return (
    <TodayProvider given={new Date().toISOString()}>
      <PortalFrame business={current} businesses={businesses} user={user} person={user.id} home={home}>
        {children}
      </PortalFrame>
    </TodayProvider>
  );
}
