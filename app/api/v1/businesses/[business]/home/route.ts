import { businessRoute } from "@/features/businesses/route";
import { getHomeOperation } from "@/features/home/api";
import { getHome } from "@/features/home/data";

export const GET = businessRoute(getHomeOperation, ({ scope }) => getHome(scope, new Date()));
