/**
 * What is left of an invoice's number when it is written in another way: its letters A to Z in capitals and its digits, without zeros in
 * front of a number. `KM/26-27/014`, `km 26-27-14` and `KM26/27/14` have the same; so have `1/11` and `11/1`, which are two. Empty for a
 * number in other letters alone. SQL says the same of a column (NUMBER_KEY, features/invoices/find-alike.ts).
 */
export function numberKey(number: string): string {
  return number
    .replace(/(?<![0-9])0+(?=[0-9])/g, "")
    .replace(/[^0-9A-Za-z]/g, "")
    .toUpperCase();
}
