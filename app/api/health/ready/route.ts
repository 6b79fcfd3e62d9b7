import { checkReadiness } from "@/features/health/data";

/** Whether this process can take work: 200, or 503 with what is missing. */
export async function GET(): Promise<Response> {
  const { ready, checks } = await checkReadiness();
  const headers = { "cache-control": "no-store", ...(ready ? {} : { "retry-after": "5" }) };
  return Response.json({ status: ready ? "ok" : "unavailable", checks }, { status: ready ? 200 : 503, headers });
}

export const dynamic = "force-dynamic";
