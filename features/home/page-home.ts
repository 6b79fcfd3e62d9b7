import "server-only";
import { cache } from "react";
import { pageScope } from "@/features/businesses/page-gate";
import { getHome } from "@/features/home/data";

/** The figures for a page or layout: read once a request, for the navigation's counts and the page itself. */
export const pageHome = cache(async (business: string) => getHome(await pageScope(business)));
