import type { Metadata } from "next";
import { LatestActivity } from "@/components/activity/latest-activity";
import { FirstSteps } from "@/components/home/first-steps";
import { HomeView } from "@/components/home/home-view";
import { Today } from "@/components/today";
import { PageHeader } from "@/components/ui/page-header";
import { listActivity } from "@/features/activity/data";
import { getBusiness } from "@/features/businesses/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName, mayAct } from "@/features/businesses/rules";
import { pageHome } from "@/features/home/page-home";
import { hasInvoices } from "@/features/invoices/data";

export const metadata: Metadata = { title: "Home" };

/** The trail's first page, without a filter. */
const LATEST = { limit: 25 };

export default async function HomePage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  const [{ tradeName }, home, latest, isBegun] = await Promise.all([
    getBusiness(scope),
    pageHome(business),
    listActivity(scope, LATEST),
    hasInvoices(scope),
  ]);
  return (
    <>
      <PageHeader
        title={tradeName}
        description={
          <>
            What needs doing on <Today />
          </>
        }
      />
      <div className="flex flex-col gap-8">
        {!isBegun && mayAct(scope.role, "FINANCE") && (
          <FirstSteps business={businessName(business)} isOwner={mayAct(scope.role, "OWNER")} />
        )}
        <HomeView business={businessName(business)} initial={home} />
        <LatestActivity business={businessName(business)} query={LATEST} initial={latest} />
      </div>
    </>
  );
}
