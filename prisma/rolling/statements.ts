/** Cuts a script at its semicolons, but for those in texts, comments and the bodies of functions; the comments are left out. */
export function statementsOf(sql: string): string[] {
  const parts = /--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'|"[^"]*"|;|[^;'"$/-]+|./g;
  const statements: string[] = [];
  let statement = "";
  for (const [part] of sql.matchAll(parts)) {
    if (part === ";") {
      statements.push(statement);
      statement = "";
    } else if (!part.startsWith("--") && !part.startsWith("/*")) statement += part;
  }
  return [...statements, statement].map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
}
