import type { Metadata } from "next";
import { LatestActivity } from "@/components/activity/latest-activity";
import { HomeView } from "@/components/home/home-view";
import { PageHeader } from "@/components/ui/page-header";
import { listActivity } from "@/features/activity/data";
import { getBusiness } from "@/features/businesses/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";
import { pageHome } from "@/features/home/page-home";
import { formatDate } from "@/lib/time";

export const metadata: Metadata = { title: "Home" };

/** The trail's first page, without a filter. */
const LATEST = { limit: 25 };

export default async function HomePage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  const [{ tradeName }, home, latest] = await Promise.all([
    getBusiness(scope),
    pageHome(business),
    listActivity(scope, LATEST),
  ]);
  return (
    <>
      <PageHeader title={tradeName} description={`What needs doing on ${formatDate(new Date())}`} />
      <div className="flex flex-col gap-8">
        <HomeView business={businessName(business)} initial={home} />
        <LatestActivity business={businessName(business)} query={LATEST} initial={latest} />
      </div>
    </>
  );
}
