import type { Metadata } from "next";
import { cache } from "react";
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

interface HomePageProps {
  params: Promise<{ business: string }>;
}

/** Read once for the title and the page. */
const readBusiness = cache(async (business: string) => getBusiness(await pageScope(business)));

/** Of which business, says the title itself: the layout's way to put it is for the pages below this one. */
export async function generateMetadata({ params }: HomePageProps): Promise<Metadata> {
  const { tradeName } = await readBusiness((await params).business);
  return { title: `Home · ${tradeName}` };
}

/** The trail's first page, without a filter. */
const LATEST = { limit: 25 };

export default async function HomePage({ params }: HomePageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const [{ tradeName }, home, latest, isBegun] = await Promise.all([
    readBusiness(business),
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
