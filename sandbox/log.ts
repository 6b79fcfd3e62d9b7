const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Says one short line. */
export type Log = (level: Exclude<LogLevel, "silent">, line: string) => void;

/** Lines at or above a level go to standard output, with the time in front. */
export function consoleLog(threshold: LogLevel, clock: () => Date): Log {
  return (level, line) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(threshold)) return;
    const mark = level === "warn" || level === "error" || level === "fatal" ? `${level}: ` : "";
    console.log(`${clock().toISOString().slice(11, 23)} ${mark}${line}`);
  };
}

export const silentLog: Log = () => {};
