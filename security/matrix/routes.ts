import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ROOT } from "../../scripts/environment";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** A page, or one method of an API route. */
export interface Route {
  method: string;
  /** As the file system has it: `/b/[business]/bills/[id]`; a catch-all ends in `[...name]`. */
  path: string;
  file: string;
}

function addressOf(folder: string): string {
  const parts = folder.split(/[\\/]/).filter((part) => part !== "" && !/^\(.*\)$/.test(part));
  return `/${parts.join("/")}`;
}

/** The methods that a route file exports, in whichever way it says so. */
export function exportedMethods(source: string): string[] {
  const lists = [...source.matchAll(/export\s*\{([^}]*)\}/g)].flatMap((match) => (match[1] ?? "").split(","));
  const names = [
    ...lists.map(
      (item) =>
        item
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
    ),
    ...[...source.matchAll(/export\s+(?:async\s+)?(?:const|let|var|function)\s+(\w+)/g)].map((match) => match[1] ?? ""),
    ...[...source.matchAll(/export\s+(?:const|let|var)\s*\{([^}]*)\}/g)].flatMap((match) =>
      (match[1] ?? "").split(",").map(
        (item) =>
          item
            .trim()
            .split(/\s*:\s*/)
            .at(-1) ?? "",
      ),
    ),
  ];
  return METHODS.filter((method) => names.includes(method));
}

/** Every page and API route that the portal's folder `app` makes. */
export function findRoutes(app: string = join(ROOT, "app")): Route[] {
  const routes: Route[] = [];
  for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = addressOf(relative(app, entry.parentPath));
    if (/^page\.(tsx?|jsx?|mdx?)$/.test(entry.name)) routes.push({ method: "GET", path, file });
    else if (/^route\.[tj]sx?$/.test(entry.name))
      for (const method of exportedMethods(readFileSync(file, "utf8"))) routes.push({ method, path, file });
  }
  return routes.sort((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method));
}

/** Whether a row's path is this route's, or one of those that a catch-all answers. */
export function isRouteOf(route: Pick<Route, "path">, path: string): boolean {
  const catchAll = /^(.*\/)\[\.\.\.\w+\]$/.exec(route.path);
  return catchAll ? path.startsWith(catchAll[1] ?? "") : route.path === path;
}
