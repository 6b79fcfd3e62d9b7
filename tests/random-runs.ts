/**
 * How often and from which seed a property over random runs is tried: each run is made from the seed alone. `RUNS=500 SEED=7` looks
 * further.
 * @param usual how many runs there are unless RUNS says otherwise; each has eight seconds
 */
export function randomRuns(usual: number) {
  const { SEED = "20261120", RUNS = String(usual) } = process.env;
  return { seed: Number(SEED), numRuns: Number(RUNS), interruptAfterTimeLimit: 8_000 * Number(RUNS) };
}
