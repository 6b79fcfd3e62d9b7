const FIRST =
  `Kaveri Anvaya Deccan Vindhya Tapi Nilgiri Orchid Sahyadri Godavari Narmada Malwa Konkan Aravalli Satpura Chambal Yamuna Ganga Indus
  Lotus Banyan Peepal Sandal Saffron Marigold Jasmine Coral Amber Ruby Pearl Opal Zenith Apex Summit Crest Ridge Delta Sigma Omega Nova
  Surya Chandra Tara Akash Sagar Dharti Vayu Agni Bharat Hind Desh Navin Pragati`.split(/\s+/);
const SECOND =
  `Metals Retail Packaging Traders Textiles Chemicals Polymers Ceramics Electricals Foods Logistics Engineering Castings Paper
  Pharma Motors Tools Glass Cables Pumps Bearings Fasteners Agro Plastics`.split(/\s+/);
const LAST = ["Private Limited", "LLP", "& Co", "Industries", "(India)", "Works"];

const list = (words: readonly string[]) => `ARRAY[${words.map((word) => `'${word}'`).join(", ")}]`;
const pick = (words: readonly string[], n: string, purpose: number) =>
  `(${list(words)})[1 + floor(${words.length} * bench.u(${n}, ${purpose}))::int]`;

/** SQL for the name of party number `n`: two words and a legal form, as Indian firms are called. */
export const partyName = (n: string) =>
  `${pick(FIRST, n, 30)} || ' ' || ${pick(SECOND, n, 31)} || ' ' || ${pick(LAST, n, 32)}`;
