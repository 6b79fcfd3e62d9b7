import type { Part } from "../parts";
import { needlesslyAllowed, unknownInstallScripts } from "./install-scripts";
import { unknownLicences } from "./licences";
import { readLock } from "./lock";

/** What the portal is made of. */
export const supplyPart: Part = {
  title: "Packages",
  run: async () => {
    const { packages } = readLock();
    const findings = [
      ...unknownLicences(packages).map((one) => `nobody has looked at the licence of ${one}`),
      ...unknownInstallScripts(packages).map((one) => `nobody has looked at the install script of ${one}`),
      ...needlesslyAllowed(packages).map((one) => `no install script needs ${one} on the list`),
    ];
    const scripts = packages.filter((one) => one.hasInstallScript).length;
    return { summary: `${packages.length - 1} packages, ${scripts} install scripts`, findings };
  },
};
