import "server-only";
import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors";

/** What a page reads, or Next.js's "not found" when it isn't there: someone else's looks the same. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}
