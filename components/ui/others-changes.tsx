import type { ReactNode } from "react";
import { Alert } from "./alert";
import type { OthersChange } from "./carry-over";

/** How a form's field is called, and what is written in it as people read it. */
export interface FieldWords<Value> {
  label: string;
  show?: (value: Value) => ReactNode;
}

interface OthersChangesProps<Values extends object> {
  changes: readonly OthersChange<Values>[];
  /** The fields that are told of, in their order. */
  fields: { [Name in keyof Values & string]?: FieldWords<Values[Name]> };
}

/** Says what somebody else has saved while a form was filled in: the rest of it is as they left it. */
export function OthersChanges<Values extends object>({ changes, fields }: OthersChangesProps<Values>) {
  const told = Object.entries(fields) as [string, FieldWords<Values[keyof Values]>][];
  const items = told.flatMap(([name, { label, show }]) => {
    const change = changes.find((each) => each.name === name);
    if (!change) return [];
    const words = (value: Values[keyof Values]) => (value === "" ? "nothing" : show ? show(value) : String(value));
    return [
      <li key={name} className="wrap-anywhere">
        {label}: {words(change.before)}, now {words(change.now)}.
        {change.isTypedOver && " What you typed is still in the field, and takes its place if you save."}
      </li>,
    ];
  });
  if (items.length === 0) return null;
  return (
    <Alert tone="warning" live className="mb-4 max-w-3xl" title="Somebody else has changed this since you opened it">
      <ul className="list-disc pl-5">{items}</ul>
    </Alert>
  );
}
