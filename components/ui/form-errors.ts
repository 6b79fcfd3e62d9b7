export interface FormErrorItem {
  /** The field's name as registered: "lines.0.amount". */
  name: string;
  message: string;
}

/** The errors of react-hook-form, nested as the form is, as one list in the order of the fields. */
export function listFormErrors(errors: object, prefix = ""): FormErrorItem[] {
  return Object.entries(errors).flatMap(([key, value]): FormErrorItem[] => {
    if (!value || typeof value !== "object" || key === "ref") return [];
    const name = key === "root" ? prefix || "root" : prefix ? `${prefix}.${key}` : key;
    // A leaf has a message; its `type` tells it from a form field that happens to be called "message".
    if ("type" in value && "message" in value && typeof value.message === "string" && value.message) {
      return [{ name, message: value.message }];
    }
    return listFormErrors(value, name);
  });
}
