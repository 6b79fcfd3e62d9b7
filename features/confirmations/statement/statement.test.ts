import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchStatement } from "@/features/confirmations/statement/match";
import { MOST_LINES, readStatement, type StatementLine } from "@/features/confirmations/statement/read";
import type { Payment } from "@/features/payments/api";
import { utrKey } from "@/features/protocol/utr";
import { formatRupees, paise } from "@/lib/money";

const UTR = "HDFCN52026112107";
const payment = (utr: string, netPaise: number, objectId = "PMT1") => ({ objectId, utr, netPaise }) as Payment;

function linesOf(text: string): StatementLine[] {
  const read = readStatement({ text });
  if ("problem" in read) throw new Error(read.problem);
  return read.lines;
}
const credits = (text: string) => linesOf(text).map(({ day, credit }) => [day, credit]);

describe("a statement is read as banks give it", () => {
  test.each([
    [
      "with deposits and withdrawals, a title above and a rule below the headings",
      `Statement of account,,,,,,
Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance
********,********,********,********,********,********,********
21/11/26,NEFT CR-HDFC0000001-ANVAYA RETAIL-${UTR},${UTR},21/11/26,,98000.00,"1,98,000.00"
21/11/26,RENT,0000632412345678,21/11/26,25000.00,,"1,73,000.00"`,
      [
        ["********", null],
        ["21/11/26", 98_000_00],
        ["21/11/26", null],
      ],
    ],
    [
      "with debit and credit, parted by tabs",
      `Txn Date\tValue Date\tDescription\tRef No./Cheque No.\tDebit\tCredit\tBalance
21 Nov 2026\t21 Nov 2026\tBY TRANSFER-NEFT*${UTR}\t\t \t98,000.00 \t1,98,000.00
21 Nov 2026\t21 Nov 2026\tCHARGES\t\t17.70\t0.00\t1,97,982.30
21 Nov 2026\t21 Nov 2026\tINTEREST\t\t0.00\t12.00\t1,97,994.30
21 Nov 2026\t21 Nov 2026\tCORRECTION\t\t5.00\t9.00\t1,97,998.30
21 Nov 2026\t21 Nov 2026\tOPENING BALANCE\t\t\t0.00\t1,97,998.30`,
      [
        ["21 Nov 2026", 98_000_00],
        ["21 Nov 2026", null],
        ["21 Nov 2026", 12_00],
        ["21 Nov 2026", null],
        ["21 Nov 2026", null],
      ],
    ],
    [
      "with an amount, and beside it whether it came or went",
      `Sl. No.,Transaction Date,Description,Chq / Ref number,Amount,Dr / Cr,Balance,Dr / Cr
1,21-11-2026,NEFT,${UTR},"98,000.00",CR,"1,98,000.00",CR
2,21-11-2026,RENT,,"25,000.00",DR,"1,73,000.00",CR
3,21-11-2026,RETURN,,"500.00 Dr",CR,"1,72,500.00",CR`,
      [
        ["21-11-2026", 98_000_00],
        ["21-11-2026", null],
        ["21-11-2026", null],
      ],
    ],
    [
      "with one column of amounts, each of which says whether it came or went",
      `S.No,Date,Transaction Id,Remarks,Amount(Rs.),Balance(Rs.)
1,21/11/2026,S1,NEFT:${UTR},"98,000.00 (Cr)","1,98,000.00 (Cr)"
2,21/11/2026,S2,RENT,"25,000.00 (Dr)","1,73,000.00 (Cr)"
3,22/11/2026,S3,UNSAID,500.00,"1,73,000.00 (Cr)"`,
      [
        ["21/11/2026", 98_000_00],
        ["21/11/2026", null],
        ["22/11/2026", null],
      ],
    ],
    [
      "with withdrawals and deposits in one column",
      `Date,Narration,Chq/Ref No,Withdrawal (Dr)/ Deposit (Cr),Balance
21-11-2026,NEFT ${UTR},,"98,000.00(Cr)","1,98,000.00(Cr)"
21-11-2026,RENT,,"25,000.00(Dr)","1,73,000.00(Cr)"`,
      [
        ["21-11-2026", 98_000_00],
        ["21-11-2026", null],
      ],
    ],
    [
      "with C and D beside the amount",
      `Date,Particulars,Amount,D/C\n21-11-2026,NEFT ${UTR},98000.00,C\n21-11-2026,RENT,25000.00,D`,
      [
        ["21-11-2026", 98_000_00],
        ["21-11-2026", null],
      ],
    ],
    [
      "with the currency in the headings",
      `Date,Narration,Debit INR,Credit INR\n21-11-2026,NEFT ${UTR},,98000.00\n21-11-2026,RENT,25000.00,`,
      [
        ["21-11-2026", 98_000_00],
        ["21-11-2026", null],
      ],
    ],
    [
      "with DR and CR alone",
      `Tran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL\n21-11-2026,,NEFT/${UTR},,98000,198000,12`,
      [["21-11-2026", 98_000_00]],
    ],
    [
      "with the sign and the currency in the cell",
      `Date;Remarks;Credit (INR)\n21-11-2026;a;+1,18,000.00 Cr\n22-11-2026;b;₹ 500.00\n23-11-2026;c;(500.00)\n24-11-2026;d;500.00 Dr`,
      [
        ["21-11-2026", 1_18_000_00],
        ["22-11-2026", 500_00],
        ["23-11-2026", null],
        ["24-11-2026", null],
      ],
    ],
  ])("%s", (_name, text, expected) => {
    expect(credits(text)).toEqual(expected);
  });

  test.each([
    ["no amounts", "Date,Narration\n21-11-2026,x", "“Credit” or “Deposit”"],
    ["amounts that may have gone out", "Date,Narration,Amount\n21-11-2026,x,5", "“Dr/Cr”"],
    ["too many lines", `Date,Credit\n${"21-11-2026,1\n".repeat(MOST_LINES + 1)}`, "20,000 rows"],
  ])("%s is refused, in words", (_name, text, words) => {
    const read = readStatement({ text });
    expect("problem" in read && read.problem).toContain(words);
  });
});

const HEAD = "Date,Narration,Ref No,Debit,Credit";
const verdictOf = (lines: readonly string[], ...payments: Payment[]) =>
  matchStatement(payments, linesOf([HEAD, ...lines].join("\n"))).map(({ verdict, why }) => [verdict, why]);
const asked = payment(UTR, 98_000_00);

describe("a payment is found", () => {
  test.each([
    ["by its UTR in a column", `21-11-2026,NEFT CR,${UTR},,"98,000.00"`],
    ["by its UTR in the narration", `21-11-2026,NEFT CR-HDFC0000001-ANVAYA-${UTR.toLowerCase()}-INV 141,,,98000.00`],
    ["by its UTR in both", `21-11-2026,NEFT CR-${UTR},${UTR},,98000`],
  ])("%s", (_name, line) => {
    expect(verdictOf(["20-11-2026,NEFT CR,HDFCN52026112106,,98000.00", line], asked)).toEqual([["found", null]]);
  });

  test("by a reference that is written with signs, in a column of its own", () => {
    expect(verdictOf(["21-11-2026,,NEFT/2026/00171,,98000"], payment("NEFT-2026-00171", 98_000_00))).toEqual([
      ["found", null],
    ]);
    // Signs and blanks of a sentence part words, and make no reference of them.
    const sentence = "INTEREST OF THE FIRST HALF YEAR, ACCOUNT 12345 6789";
    expect(verdictOf([`21-11-2026,"${sentence}",,,98000`], payment("123456789", 98_000_00))[0]?.[0]).toBe("absent");
  });

  test("by a number that the bank fills up with zeros, or takes them from", () => {
    const imps = payment("0632412345678", 100_00);
    expect(verdictOf(["21-11-2026,IMPS,0000632412345678,,100.00"], imps)).toEqual([["found", null]]);
    expect(verdictOf(["21-11-2026,IMPS-632412345678-X,,,100.00"], imps)).toEqual([["found", null]]);
  });
});

describe("somebody has to look", () => {
  test.each([
    ["at another amount", [`21-11-2026,,${UTR},,97999.99`], "₹97,999.99 came in, and the buyer says ₹98,000.00."],
    ["at money that went out", [`21-11-2026,,${UTR},98000.00,`], "isn't money that came in"],
    [
      "at a transfer that came back",
      [`21-11-2026,,${UTR},,98000.00`, `22-11-2026,RETURN,${UTR},98000.00,`],
      "has this reference 2 times",
    ],
    [
      "at one that came back under the reference with letters around it",
      [`21-11-2026,,${UTR},,98000.00`, `22-11-2026,RET${UTR}X,,98000.00,`],
      "Line 3 has this reference too",
    ],
    ["at a reference within other letters", [`21-11-2026,NEFT${UTR}ANVAYA,,,98000.00`], "together with other letters"],
  ])("%s", (_name, lines, words) => {
    expect(verdictOf(lines, asked)).toEqual([["doubtful", expect.stringContaining(words)]]);
  });

  test("at a short reference, which may be another's", () => {
    const cheque = payment("000123", 5_000_00);
    expect(verdictOf(["21-11-2026,CLG,123,,5000.00"], cheque)).toEqual([
      ["doubtful", expect.stringContaining("short")],
    ]);
    const lengths = ["12345678", "123456789"].map((utr) =>
      verdictOf([`21-11-2026,NEFT,${utr},,5000.00`], payment(utr, 5_000_00)),
    );
    expect(lengths.map(([first]) => first?.[0])).toEqual(["doubtful", "found"]);
  });

  test("at a reference that two payments name, also where only one of them fits", () => {
    const other = payment(UTR.toLowerCase(), 500_00, "PMT2");
    const both = verdictOf([`21-11-2026,,${UTR},,98000.00`], asked, other);
    expect(both).toEqual(Array(2).fill(["doubtful", "2 payments that wait name this reference."]));
  });
});

test("one line is one transfer: two payments that name it by different numbers of it are both looked at", () => {
  const line = `21-11-2026,NEFT CR-${UTR}-ANVAYA-INV 141,YESB632412345678,,98000.00`;
  const twice = [asked, payment("YESB632412345678", 98_000_00, "PMT2")];
  const why = "2 payments that wait name this one line, each by another reference.";
  expect(verdictOf([line], ...twice)).toEqual([
    ["doubtful", why],
    ["doubtful", why],
  ]);
  // Of which one has another amount, or only a short number that stands there by chance.
  expect(verdictOf([line], asked, payment("YESB632412345678", 1_00, "PMT2"))).toEqual([
    ["doubtful", why],
    ["doubtful", "₹98,000.00 came in, and the buyer says ₹1.00."],
  ]);
  expect(verdictOf([line], asked, payment("141", 98_000_00, "PMT2"))[0]).toEqual(["found", null]);
  // Or by a number that another line has as well.
  const another = "20-11-2026,NEFT CR,YESB632412345678,,500.00";
  for (const lines of [
    [another, line],
    [line, another],
  ])
    expect(verdictOf(lines, ...twice)[0]).toEqual(["doubtful", why]);
});

test("what isn't on the statement is absent, whatever else has its amount", () => {
  expect(verdictOf(["21-11-2026,NEFT,HDFCN52026112108,,98000.00"], asked, payment("–", 98_000_00, "PMT2"))).toEqual([
    ["absent", null],
    ["absent", null],
  ]);
});

test("found means: one line, its whole reference, the very amount, and no other payment's; of all statements", () => {
  const reference = fc.constantFrom("AXISN123456789", "AXISN12345678", "N1234567890", "0N1234567890", "123456", UTR);
  const amount = fc.constantFrom(100_00, 100_01, 98_000_00);
  const made = fc.array(fc.record({ utr: reference, net: amount }), { maxLength: 5 });
  const stated = fc.array(fc.record({ utr: reference, net: amount, out: fc.boolean(), glued: fc.boolean() }), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(made, stated, (payments, lines) => {
      const text = lines.map(({ utr, net, out, glued }) => {
        const cell = `"${formatRupees(paise(net))}"`;
        return `21-11-2026,NEFT ${glued ? `X${utr}` : utr},,${out ? `${cell},` : `,${cell}`}`;
      });
      const bare = (utr: string) => utr.replace(/^0+/, "");
      const all = payments.map(({ utr, net }, index) => payment(utr, net, `PMT${index}`));
      const read = lines.length > 0 ? linesOf([HEAD, ...text].join("\n")) : [];
      for (const { payment: one, verdict } of matchStatement(all, read)) {
        const having = lines.filter(({ utr, glued }) => !glued && bare(utr) === bare(one.utr));
        const isSure =
          having.length === 1 &&
          lines.filter(({ utr, glued }) => (glued ? `X${utr}` : utr).includes(bare(one.utr))).length === 1 &&
          having[0]?.net === one.netPaise &&
          !having[0].out &&
          bare(one.utr).length >= 9 &&
          payments.filter(({ utr }) => bare(utr) === bare(one.utr)).length === 1;
        expect(verdict === "found").toBe(isSure);
      }
    }),
  );
});

describe("money that has paid something before", () => {
  const lines = linesOf(`Date,Narration,Ref,Credit\n21-11-2026,NEFT ${UTR} ANVAYA,632412345678,98000.00`);
  const before = { ...payment(UTR, 98_000_00, "PMT0"), counterparty: { b2bId: "A@BCB", name: "Anvaya" } } as Payment;

  test.each([
    ["written in another way", "HDFC-N52026112107"],
    ["by another of its line's numbers", "632412345678"],
  ])("is not there once more for a payment that names it %s", (_, utr) => {
    const again = payment(utr, 98_000_00);
    expect(matchStatement([again], lines)).toMatchObject([{ verdict: "found" }]);
    const [match] = matchStatement([again], lines, [before]);
    expect(match).toMatchObject({ verdict: "doubtful", why: expect.stringContaining("₹98,000.00 from Anvaya") });
  });

  test("says nothing where it stands on no line, or by a reference that is too short to be sure", () => {
    const again = payment("632412345678", 98_000_00);
    for (const utr of ["SBIN12345678901", "ANVAYA", ""])
      expect(matchStatement([again], lines, [{ ...before, utr }])).toMatchObject([{ verdict: "found" }]);
  });

  test("is known by what is a UTR's key, as the server compares them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("-", "/", " ", ".", "\u034F", "\u200B", "\uFE0F"), { maxLength: 6 }),
        (signs) => {
          const utr = [...UTR].map((letter, at) => letter + (signs[at] ?? "")).join("");
          const [match] = matchStatement([payment(utr, 98_000_00)], lines, [before]);
          expect([utrKey(utr), match?.verdict]).toEqual([utrKey(UTR), "doubtful"]);
        },
      ),
    );
  });
});
