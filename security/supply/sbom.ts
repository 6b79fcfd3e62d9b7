import { licenceOf } from "./licences";
import { type Lock, type LockedPackage, resolveFrom } from "./lock";

/*
 * A software bill of materials in CycloneDX 1.6, from the lock file alone: no network, nothing installed, and the same text for the same
 * lock file. Written here because the makers' own tool asks npm for its tree, and so needs the packages in place and brings more of its own.
 */

interface Component {
  type: "application" | "library";
  "bom-ref": string;
  group?: string;
  name: string;
  version: string;
  scope?: "required" | "optional" | "excluded";
  hashes?: { alg: string; content: string }[];
  licenses?: ({ license: { id: string } } | { license: { name: string } } | { expression: string })[];
  purl: string;
}

export interface Bom {
  $schema: string;
  bomFormat: "CycloneDX";
  specVersion: "1.6";
  version: 1;
  metadata: {
    tools: { components: { type: "application"; name: string; version: string }[] };
    component: Component;
  };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const ALGORITHMS: Record<string, string> = { sha512: "SHA-512", sha384: "SHA-384", sha256: "SHA-256", sha1: "SHA-1" };

/** `pkg:npm/%40scope/name@1.0.0`, the package's name everywhere. */
export function purlOf({ name, version }: Pick<LockedPackage, "name" | "version">): string {
  const path = name.split("/").map((part) => encodeURIComponent(part));
  return `pkg:npm/${path.join("/")}@${encodeURIComponent(version)}`;
}

/** `sha512-…` in base64, as CycloneDX writes it: in hex. */
function hashesOf(integrity: string | null): Component["hashes"] {
  const hashes = (integrity ?? "").split(/\s+/).flatMap((text) => {
    const [algorithm = "", base64 = ""] = text.split(/-(.*)/);
    const alg = ALGORITHMS[algorithm];
    return alg ? [{ alg, content: Buffer.from(base64, "base64").toString("hex") }] : [];
  });
  return hashes.length > 0 ? hashes : undefined;
}

function licensesOf(one: LockedPackage): Component["licenses"] {
  const licence = licenceOf(one);
  if (licence === null) return undefined;
  return / (AND|OR|WITH) /.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];
}

function componentOf(one: LockedPackage, type: Component["type"], scope?: Component["scope"]): Component {
  const [group, name] = one.name.startsWith("@") ? one.name.split("/") : [undefined, one.name];
  const [hashes, licenses] = [hashesOf(one.integrity), licensesOf(one)];
  return {
    type,
    "bom-ref": purlOf(one),
    ...(group && { group }),
    name: name ?? one.name,
    version: one.version,
    ...(scope && { scope }),
    ...(hashes && { hashes }),
    ...(licenses && { licenses }),
    purl: purlOf(one),
  };
}

/** Needed at all beats optional, and either beats being for tests alone. */
function scopeOf(places: readonly LockedPackage[]): Component["scope"] {
  if (places.some((one) => !one.dev && !one.optional)) return "required";
  return places.some((one) => !one.dev) ? "optional" : "excluded";
}

/** The bill of materials of a lock file. */
export function bomOf(lock: Lock): Bom {
  const places = new Map(lock.packages.map((one) => [one.place, one]));
  const byPurl = new Map<string, LockedPackage[]>();
  for (const one of lock.packages) byPurl.set(purlOf(one), [...(byPurl.get(purlOf(one)) ?? []), one]);
  const dependencies = [...byPurl].map(([ref, all]) => {
    const found = all.flatMap((one) => one.needs.map((name) => resolveFrom(places, one.place, name)));
    return { ref, dependsOn: [...new Set(found.flatMap((one) => (one ? [purlOf(one)] : [])))].sort() };
  });
  const root = lock.packages.find((one) => one.place === "") as LockedPackage;
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      tools: { components: [{ type: "application", name: "chukta-sbom", version: lock.version }] },
      component: componentOf(root, "application"),
    },
    components: [...byPurl]
      .filter(([, all]) => !all.includes(root))
      .map(([, all]) => componentOf(all[0] as LockedPackage, "library", scopeOf(all)))
      .sort((a, b) => a.purl.localeCompare(b.purl)),
    dependencies: dependencies.sort((a, b) => a.ref.localeCompare(b.ref)),
  };
}
