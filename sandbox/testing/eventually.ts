/** Waits until what `read` gives is there (neither null, undefined nor false), and gives it. */
export async function eventually<Value>(
  read: () => Value | Promise<Value>,
  withinMs = 20_000,
): Promise<Exclude<Value, null | undefined | false>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await read();
    if (value !== null && value !== undefined && value !== false)
      return value as Exclude<Value, null | undefined | false>;
    if (Date.now() > deadline) throw new Error("it never came to that");
    await new Promise((resume) => setTimeout(resume, 5));
  }
}
