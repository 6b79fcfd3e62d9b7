import { Building2, FileText, IndianRupee, KeyRound, type LucideIcon, ShieldCheck, Users } from "lucide-react";
import type { ReactNode } from "react";
import { IntentLink } from "@/components/ui/intent-link";
import type { Activity } from "@/features/activity/api";
import { pageOf } from "@/features/activity/rules";
import { actorWords } from "@/features/audit/rules";

const ICONS: Record<Activity["subject"]["kind"], LucideIcon> = {
  payment: IndianRupee,
  invoice: FileText,
  counterparty: Building2,
  member: Users,
  "api-key": KeyRound,
  business: ShieldCheck,
  message: FileText,
};

interface ActivityLineProps {
  business: string;
  event: Activity;
  /** When, as far as what stands around it doesn't say so already. */
  time: ReactNode;
}

/** One thing that was done: what, by whom, when; it leads to what it is about. */
export function ActivityLine({ business, event, time }: ActivityLineProps) {
  const { words, detail, actor, subject, at } = event;
  const page = pageOf(subject);
  const Icon = ICONS[subject.kind];
  return (
    <li className="relative flex flex-wrap gap-x-3 px-4 py-2.5 hover:bg-hover sm:px-5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-28">
        <p className="wrap-anywhere font-medium">
          {page ? (
            <IntentLink href={`/b/${business}/${page}`} className="after:absolute after:inset-0">
              {words}
            </IntentLink>
          ) : (
            words
          )}
        </p>
        {detail && <p className="wrap-anywhere text-muted">{detail}</p>}
        <p className="text-[0.8125rem] text-muted">{actorWords(actor)}</p>
      </div>
      <time dateTime={at} className="ml-auto shrink-0 text-[0.8125rem] text-muted tabular-nums">
        {time}
      </time>
    </li>
  );
}
