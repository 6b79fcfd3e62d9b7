interface AdapterError {
  cause?: { originalCode?: unknown };
}

/** Whether a row that was written is there already by one of its unique keys: as Prisma tells it of its own statements, and of raw ones. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: AdapterError } };
  return code === "P2002" || (code === "P2010" && meta?.driverAdapterError?.cause?.originalCode === "23505");
}
