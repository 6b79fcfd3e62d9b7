/** What a payment's reference is called, by its mode: on its own, and within a sentence. */
export function referenceWords(mode: string): { label: string; word: string } {
  if (mode === "CHEQUE") return { label: "Cheque number", word: "cheque number" };
  if (mode === "CASH") return { label: "Receipt or reference number", word: "receipt number" };
  return { label: "UTR or reference", word: "UTR" };
}
