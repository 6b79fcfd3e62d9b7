import { businessRoute } from "@/features/businesses/route";
import { findInDirectoryOperation } from "@/features/counterparties/api";
import { findInDirectory } from "@/features/counterparties/data";

export const GET = businessRoute(findInDirectoryOperation, ({ scope, params }) => findInDirectory(scope, params.b2bId));
