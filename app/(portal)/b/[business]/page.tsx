import type { Metadata } from "next";
import { HomeView } from "@/components/home/home-view";
import { PageHeader } from "@/components/ui/page-header";
import { getBusiness } from "@/features/businesses/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";
import { pageHome } from "@/features/home/page-home";
import { formatDate } from "@/lib/time";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage({ params }: { params: Promise<{ business: string }> }) {
  const { business } = await params;
  const scope = await pageScope(business);
  const [{ tradeName }, home] = await Promise.all([getBusiness(scope), pageHome(business)]);
  return (
    <>
      <PageHeader title={tradeName} description={`What needs doing on ${formatDate(new Date())}`} />
      <HomeView business={businessName(business)} initial={home} />
    </>
  );
}
