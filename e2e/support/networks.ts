/** The networks that a payment must come through. */
export const NETWORKS = [
  { name: "through a network that works", faults: {} },
  {
    name: "through a network that loses, repeats and reorders a fifth of everything",
    faults: { loss: 0.2, duplicates: 0.2, reordering: 0.2, latencyMs: { min: 0, max: 50 }, seed: "e2e" },
  },
];
