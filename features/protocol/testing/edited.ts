/** A deep copy of a message with the values at some paths (`payment.invoicesPayInfos[1].objectId`) replaced; undefined removes. */
export function edited(message: object, changes: Readonly<Record<string, unknown>>): unknown {
  const copy: unknown = structuredClone(message);
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
    const last = steps.pop() ?? "";
    const parent = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], copy);
    if (value === undefined) delete (parent as Record<string, unknown>)[last];
    else (parent as Record<string, unknown>)[last] = value;
  }
  return copy;
}
