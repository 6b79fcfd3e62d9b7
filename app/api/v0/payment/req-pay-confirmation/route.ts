import { operationRoute } from "@/features/gateway/route";

const handle = operationRoute("req-pay-confirmation");

// The other methods answer too, in the protocol's own shape.
export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
};
