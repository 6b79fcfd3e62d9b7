import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { businessGate } from "@/features/businesses/gate";
import type { BusinessScope } from "@/features/businesses/scope";
import { findUser, type SignedInUser } from "@/features/businesses/session";
import { AppError } from "@/lib/errors";
import { localPath } from "@/lib/local-path";

/** The signed-in person, for a page: others go to the sign-in page, and those with a handed-out password choose their own first. */
export const pageUser = cache(async (): Promise<SignedInUser> => {
  const given = await headers();
  const user = await findUser(given);
  const next = encodeURIComponent(localPath(given.get("x-chukta-path")));
  if (!user) redirect(`/sign-in?next=${next}`);
  if (user.mustChangePassword) redirect(`/choose-password?next=${next}`);
  return user;
});

/**
 * The scope of the business in the address, for a page or layout: looked up once a request, however many ask. Someone who is not
 * signed in goes to the sign-in page; someone else's business is "not found"; who lacks the second factor that it asks for goes to
 * set it up.
 */
export const pageScope = cache(async (business: string): Promise<BusinessScope> => {
  await pageUser();
  try {
    return await businessGate(await headers(), business);
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") notFound();
    // For someone who is signed in, FORBIDDEN can only mean that the second factor is missing which this business asks for.
    if (error instanceof AppError && error.code === "FORBIDDEN") redirect("/account");
    throw error;
  }
});
