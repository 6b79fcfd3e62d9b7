import { expect, test } from "vitest";
import { csvLine, unguarded } from "@/lib/csv";

test.each([
  [["a", 1, "b c"], "a,1,b c\r\n"],
  [['say "hi"', "x,y", "two\nlines"], '"say ""hi""","x,y","two\nlines"\r\n'],
  // Where the decimal sign is a comma, Excel parts cells by semicolons.
  [["x;y"], '"x;y"\r\n'],
  [["=1+1", "+1", "-1", "@x", "\tx"], "'=1+1,'+1,'-1,'@x,'\tx\r\n"],
  [["", 0, "INV-7"], ",0,INV-7\r\n"],
])("%j", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

test.each(["=1+1", "+1", "-1", "@x", "\tx", "  =x", "＝x", "plain", "'quoted'", "it's", ""])(
  "what %j said is read back",
  (text) => {
    const [cell = ""] = csvLine([text]).split("\r\n");
    expect(unguarded(cell)).toBe(text);
  },
);
