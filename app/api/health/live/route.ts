/** The process runs. Says nothing of the database: restarting a portal would not bring that back. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}

export const dynamic = "force-dynamic";
