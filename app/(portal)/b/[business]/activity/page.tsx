import type { Metadata } from "next";
import { ActivityList } from "@/components/activity/activity-list";
import { pageOrFirst } from "@/components/lists/page-or-first";
import { queryOf, type SearchParams } from "@/components/lists/search-params";
import { PageHeader } from "@/components/ui/page-header";
import { activityQuerySchema } from "@/features/activity/api";
import { listActivity, listActors } from "@/features/activity/data";
import { listMembers } from "@/features/businesses/data";
import { pageScope } from "@/features/businesses/page-gate";
import { businessName } from "@/features/businesses/rules";

export const metadata: Metadata = { title: "Activity" };

interface ActivityPageProps {
  params: Promise<{ business: string }>;
  searchParams: SearchParams;
}

export default async function ActivityPage({ params, searchParams }: ActivityPageProps) {
  const { business } = await params;
  const scope = await pageScope(business);
  const { limit: _limit, ...asked } = await queryOf(activityQuerySchema, {}, searchParams);
  const [{ query, data }, members, actors] = await Promise.all([
    pageOrFirst(asked, (each) => listActivity(scope, { ...each, limit: 25 })),
    listMembers(scope),
    listActors(scope),
  ]);
  return (
    <>
      <PageHeader
        title="Activity"
        description="Who did what, and when. It is kept for good: nobody can change or remove a line."
      />
      <ActivityList
        business={businessName(business)}
        people={members.map(({ userId, name }) => ({ userId, name }))}
        former={actors.filter(({ userId }) => !members.some((member) => member.userId === userId))}
        first={{ query, data }}
      />
    </>
  );
}
