import { documentResponse } from "@/features/openapi/response";
import { v0Document } from "@/features/openapi/v0";

export const GET = () => documentResponse(v0Document);
