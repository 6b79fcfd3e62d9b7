import type { IncomingMessage } from "node:http";
import { headerOf } from "@/sandbox/http";

const LOOPBACK_ADDRESS = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Why a request may not use the page and the control API, which hand out the demo's passwords; null when it may. From this machine
 * only, by a loopback name (a stranger's web page whose host name points here has another), and from no other web page.
 */
export function whyNotLocal(request: IncomingMessage): string | null {
  if (!LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? ""))
    return "The control API answers only on the machine that the sandbox runs on.";
  const host = headerOf(request, "host") ?? "";
  if (!LOOPBACK_HOST.test(host)) return "Use the control API by localhost, 127.0.0.1 or [::1].";
  const origin = headerOf(request, "origin");
  if (origin !== null && origin !== `http://${host}`) return "The control API takes nothing from other web pages.";
  const site = headerOf(request, "sec-fetch-site");
  // A link to the page is fine, a request that another page makes is not.
  if (site !== null && !["same-origin", "none"].includes(site) && headerOf(request, "sec-fetch-mode") !== "navigate")
    return "The control API takes nothing from other web pages.";
  return null;
}
