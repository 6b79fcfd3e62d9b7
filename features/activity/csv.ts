import type { Activity } from "@/features/activity/api";
import { actorWords } from "@/features/audit/rules";
import { formatDateTime } from "@/lib/time";

export const ACTIVITY_CSV_HEADER = ["When", "Who", "What", "More", "Action", "Kind", "Id"];

/** One event as a line of the export. */
export function activityCsvRow({ at, actor, words, detail, action, subject }: Activity): string[] {
  return [formatDateTime(new Date(at)), actorWords(actor), words, detail ?? "", action, subject.kind, subject.id];
}
