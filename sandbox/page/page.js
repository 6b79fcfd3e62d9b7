// The live page: reads the list once, then follows the stream. Everything that came from a message is set as text, never as HTML.

/** As many payments are shown; the list in memory is the sandbox's. */
const MOST_PAYMENTS = 60;

const messages = new Map();
const names = new Map();
const find = (selector, root = document) => root.querySelector(selector);

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const reply = await response.json();
  if (!response.ok) throw new Error(reply.error ?? `HTTP ${response.status}`);
  return reply;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text || "(nothing)";
  }
}

/** The time in India, as the portals have it, wherever this page is looked at: 14:05:09. */
const istTime = (at) => new Date(at).toLocaleTimeString("en-IN", { hourCycle: "h23", timeZone: "Asia/Kolkata" });

const party = (b2bId) => names.get(b2bId) ?? b2bId;

function stateOf(message) {
  if (message.state === "arriving" || message.state === "sending") {
    const tries = message.attemptCount > 1 ? `, attempt ${message.attemptCount}` : "";
    return { words: (message.state === "sending" ? "being sent" : "arriving") + tries, tone: "busy" };
  }
  if (message.state === "refused" || message.result === "FAILURE")
    return { words: message.state === "refused" ? "refused" : "FAILURE", tone: "bad" };
  return { words: message.result ?? message.state, tone: "good" };
}

function renderMessage(message, open) {
  const { words, tone } = stateOf(message);
  const way =
    message.direction === "in"
      ? `from ${party(message.party)} to the network`
      : `from the network to ${party(message.party)}`;
  const details = element("details", { open });
  details.dataset.id = message.id;
  details.append(
    element(
      "summary",
      {},
      element("span", {
        className: "time",
        textContent: istTime(message.at),
      }),
      element(
        "span",
        { className: "way" },
        element("strong", { textContent: message.operation }),
        element("small", { textContent: way }),
      ),
      element("span", { className: `state ${tone}`, textContent: words }),
    ),
    element("pre", { textContent: pretty(message.body), tabIndex: 0, ariaLabel: "Message" }),
    ...message.attempts
      .flatMap((attempt, index) => [
        element("p", {
          textContent: `Attempt ${index + 1}: ${attempt.status ? `HTTP ${attempt.status}` : "no reply"}${attempt.tookMs === null ? "" : ` after ${attempt.tookMs} ms`}${attempt.note ? `, ${attempt.note}` : ""}`,
        }),
        attempt.reply === null
          ? null
          : element("pre", { textContent: pretty(attempt.reply), tabIndex: 0, ariaLabel: "Reply" }),
      ])
      .filter(Boolean),
  );
  return details;
}

function matches(message) {
  const filters = find("#filters");
  const words = filters.q.value.trim().toLowerCase();
  if (filters.operation.value && message.operation !== filters.operation.value) return false;
  if (!words) return true;
  const replies = message.attempts.map((attempt) => attempt.reply ?? "").join(" ");
  return `${message.objectId} ${message.body} ${replies} ${party(message.party)}`.toLowerCase().includes(words);
}

function render() {
  const open = new Set([...document.querySelectorAll("details[open]")].map((one) => one.dataset.id));
  const payments = new Map();
  for (const message of [...messages.values()].sort((a, b) => b.seq - a.seq)) {
    if (!matches(message)) continue;
    const group = payments.get(message.objectId) ?? [];
    payments.set(message.objectId, [message, ...group]);
  }
  const shown = [...payments].slice(0, MOST_PAYMENTS).map(([objectId, group]) => {
    const [first] = group;
    return element(
      "li",
      { className: "payment" },
      element(
        "h3",
        {},
        element("span", { textContent: `${party(first.buyerB2BId)} pays ${party(first.supplierB2BId)}` }),
        element("code", { textContent: objectId }),
      ),
      ...group.map((message) => renderMessage(message, open.has(message.id))),
    );
  });
  find("#payments").replaceChildren(...shown);
  find("#empty").hidden = shown.length > 0;
}

let waiting = false;
/** Many changes at once are one picture. */
function renderSoon() {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    render();
  }, 150);
}

async function readAll() {
  const { messages: all } = await call("GET", "/_sandbox/messages?limit=1000");
  messages.clear();
  for (const message of all) messages.set(message.id, message);
  renderSoon();
}

function follow() {
  const stream = new EventSource("/_sandbox/messages/stream");
  const state = find("#state");
  stream.onopen = () => {
    state.textContent = "Live";
    readAll().catch((error) => (state.textContent = error.message));
  };
  stream.onerror = () => (state.textContent = "The sandbox can't be reached; trying again…");
  stream.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    messages.set(message.id, message);
    renderSoon();
  });
  stream.addEventListener("reset", () => readAll());
}

function showFaults(faults) {
  const form = find("#faults");
  for (const name of ["loss", "duplicates", "reordering", "errors", "seed"]) form[name].value = faults[name];
  form.min.value = faults.latencyMs.min;
  form.max.value = faults.latencyMs.max;
  form.blackout.checked = faults.blackout;
}

async function setFaults(faults) {
  const note = find("#faults .note");
  try {
    showFaults(await call("PUT", "/_sandbox/faults", faults));
    note.textContent = "Set.";
  } catch (error) {
    note.textContent = error.message;
  }
}

find("#faults").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const numbers = Object.fromEntries(
    ["loss", "duplicates", "reordering", "errors"].map((name) => [name, Number(form[name].value)]),
  );
  const latencyMs = { min: Number(form.min.value), max: Number(form.max.value) };
  setFaults({ ...numbers, latencyMs, blackout: form.blackout.checked, seed: form.seed.value });
});
find("#no-faults").addEventListener("click", () =>
  setFaults({ loss: 0, duplicates: 0, reordering: 0, errors: 0, latencyMs: { min: 0, max: 0 }, blackout: false }),
);
find("#filters").addEventListener("input", render);
find("#filters").addEventListener("submit", (event) => event.preventDefault());

const buyer = find("#buyer");
let invoices = [];
async function invoicesOf(b2bId) {
  const reply = await call("GET", `/_sandbox/remote-buyer/invoices?supplierB2BId=${encodeURIComponent(b2bId)}`);
  return reply.invoices;
}
async function readInvoices() {
  const note = find(".note", buyer);
  try {
    invoices = await invoicesOf(buyer.supplier.value);
    note.textContent = invoices.length === 0 ? "Nothing is due from the remote buyer there." : "";
  } catch (error) {
    invoices = [];
    note.textContent = error.message;
  }
  buyer.invoice.replaceChildren(
    ...invoices.map(({ supplierInvoiceNumber, dueAmount }, index) =>
      element("option", { value: String(index), textContent: `${supplierInvoiceNumber}, ₹${dueAmount} due` }),
    ),
  );
  fillAmount();
}
function fillAmount() {
  buyer.rupees.value = invoices[Number(buyer.invoice.value)]?.dueAmount ?? "";
}
buyer.supplier.addEventListener("change", readInvoices);
buyer.invoice.addEventListener("change", fillAmount);
buyer.addEventListener("submit", async (event) => {
  event.preventDefault();
  const note = find(".note", buyer);
  const invoice = invoices[Number(buyer.invoice.value)];
  if (!invoice) return;
  try {
    await call("POST", "/_sandbox/remote-buyer/pay", {
      supplierB2BId: buyer.supplier.value,
      type: buyer.type.value,
      invoices: [
        {
          objectId: invoice.objectId,
          supplierInvoiceNumber: invoice.supplierInvoiceNumber,
          netPaidAmount: Number(buyer.rupees.value),
        },
      ],
    });
    await readInvoices();
    note.textContent = "Paid. The supplier finds it under To confirm.";
  } catch (error) {
    note.textContent = error.message;
  }
});

async function readNames() {
  const { counterparties } = await call("GET", "/_sandbox/counterparties");
  for (const { b2bId, name } of counterparties) names.set(b2bId, name);
  const demo = await call("GET", "/_sandbox/demo").catch(() => ({ businesses: [] }));
  for (const { b2bId, name } of demo.businesses) names.set(b2bId, name);
  buyer.supplier.replaceChildren(
    ...demo.businesses.map(({ b2bId, name }) => element("option", { value: b2bId, textContent: name })),
  );
  render();
}

/** Begins with a business that the remote buyer owes something; with the first where there is none. */
async function chooseSupplier() {
  const options = [...buyer.supplier.options];
  const owed = await Promise.all(
    options.map(({ value }) =>
      invoicesOf(value).then(
        (found) => found.length > 0,
        () => false,
      ),
    ),
  );
  if (options.length === 0) return;
  buyer.supplier.selectedIndex = Math.max(0, owed.indexOf(true));
  await readInvoices();
}

showFaults(await call("GET", "/_sandbox/faults"));
await readNames();
follow();
await chooseSupplier();
