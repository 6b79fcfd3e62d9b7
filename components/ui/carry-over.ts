/** What stood in a form's field, and stands there now, since somebody else saved it. */
export interface OthersChange<Values> {
  name: keyof Values & string;
  before: Values[keyof Values];
  now: Values[keyof Values];
  /** The field keeps what was typed into it, which is neither. */
  isTypedOver: boolean;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Carries what somebody typed into a form over to newer values: a field that they changed keeps what they typed, every other one takes
 * what it is now.
 * @param typed all fields as they stand in the form
 * @param opened the values that the form opened with
 * @param now the newer values
 */
export function carryOver<Values extends object>(
  typed: Values,
  opened: Values,
  now: Values,
): { values: Values; changes: OthersChange<Values>[] } {
  const values = { ...now };
  const changes: OthersChange<Values>[] = [];
  for (const name of Object.keys(now) as (keyof Values & string)[]) {
    const isTyped = !isSame(typed[name], opened[name]);
    if (isTyped) values[name] = typed[name];
    if (isSame(opened[name], now[name])) continue;
    changes.push({
      name,
      before: opened[name],
      now: now[name],
      isTypedOver: isTyped && !isSame(typed[name], now[name]),
    });
  }
  return { values, changes };
}
