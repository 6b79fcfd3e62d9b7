import { documentResponse } from "@/features/openapi/response";
import { v1Document } from "@/features/openapi/v1";

export const GET = () => documentResponse(v1Document);
