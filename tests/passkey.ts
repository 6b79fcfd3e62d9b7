import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { TEST_PASSWORD, type TestPerson } from "@/tests/business";
import { callWith, nextOf } from "@/tests/second-factor";
import { callAuth, ORIGIN, signIn } from "@/tests/sign-in";

/*
 * An authenticator, written from WebAuthn and CBOR (RFC 8949) and not from what the portal uses. It makes keys of P-256, and says of
 * itself what a test wants.
 */

const RP_ID = "localhost";

const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
};
const integer = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (...pairs: [Buffer, Buffer][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

const sha256 = (data: Buffer | string) => createHash("sha256").update(data).digest();
const big32 = (value: number) => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
};

/** What an answer says; a test changes what is to be wrong. */
export interface Said {
  challenge: string;
  origin?: string;
  rpId?: string;
  /** Whether the person was verified by fingerprint, face or PIN. */
  verified?: boolean;
  crossOrigin?: boolean;
  type?: string;
}

const clientData = (kind: string, { challenge, origin = ORIGIN, crossOrigin = false, type = kind }: Said) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }));

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** One passkey in a person's hands. */
export class SoftPasskey {
  readonly credentialId = randomBytes(32);
  /** The counter of the next answer; 0 stays 0. */
  counter = 0;
  userHandle = "";
  readonly publicKey: KeyObject;
  private readonly privateKey: KeyObject;

  constructor() {
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.publicKey = pair.publicKey;
    this.privateKey = pair.privateKey;
  }

  get id(): string {
    return this.credentialId.toString("base64url");
  }

  private data(flags: number, { rpId = RP_ID, verified = true }: Said): Buffer {
    return Buffer.concat([
      sha256(rpId),
      Buffer.from([flags | PRESENT | (verified ? VERIFIED : 0)]),
      big32(this.counter),
    ]);
  }

  private coseKey(): Buffer {
    const { x = "", y = "" } = this.publicKey.export({ format: "jwk" });
    return map(
      [integer(1), integer(2)],
      [integer(3), integer(-7)],
      [integer(-1), integer(1)],
      [integer(-2), bytes(Buffer.from(x, "base64url"))],
      [integer(-3), bytes(Buffer.from(y, "base64url"))],
    );
  }

  /** What navigator.credentials.create() answers. */
  made(said: Said) {
    const length = Buffer.from([0, this.credentialId.length]);
    const authData = Buffer.concat([
      this.data(WITH_KEY, said),
      Buffer.alloc(16),
      length,
      this.credentialId,
      this.coseKey(),
    ]);
    const attestation = map([text("fmt"), text("none")], [text("attStmt"), map()], [text("authData"), bytes(authData)]);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData("webauthn.create", said).toString("base64url"),
        attestationObject: attestation.toString("base64url"),
      },
    };
  }

  /** What navigator.credentials.get() answers. */
  signed(said: Said) {
    const data = this.data(0, said);
    const client = clientData("webauthn.get", said);
    const signature = createSign("sha256")
      .update(Buffer.concat([data, sha256(client)]))
      .sign(this.privateKey);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
        userHandle: this.userHandle,
      },
    };
  }
}

interface Options {
  options: { challenge: string; user?: { id: string; name: string }; excludeCredentials?: { id: string }[] };
}

/** Asks to add a passkey, in a browser that is signed in. @returns what the browser is told to make one with */
export async function beginPasskey(here: Headers, password = TEST_PASSWORD): Promise<Options["options"]> {
  const response = await callWith(here, "/passkey/begin", { password });
  if (response.status !== 200) throw new Error(`no passkey was begun: ${await response.text()}`);
  return ((await response.json()) as Options).options;
}

/** Adds a passkey to the account that is signed in here. */
export async function addPasskey(here: Headers, name = "Laptop", passkey = new SoftPasskey()): Promise<SoftPasskey> {
  const { challenge, user } = await beginPasskey(here);
  passkey.userHandle = user?.id ?? "";
  const response = await callWith(here, "/passkey/add", { name, answer: passkey.made({ challenge }) });
  if (response.status !== 200) throw new Error(`no passkey was added: ${await response.text()}`);
  return passkey;
}

/** A person with a passkey, and the browser in which it was added. */
export async function withPasskey(person: TestPerson): Promise<{ passkey: SoftPasskey; here: Headers }> {
  const here = await signIn(person.email);
  return { passkey: await addPasskey(here), here };
}

/** A browser on the sign-in page: its cookie, and what a passkey is to sign. */
export async function atSignIn(before = new Headers()): Promise<{ browser: Headers; challenge: string }> {
  const response = await callAuth("/passkey/sign-in-options", {}, Object.fromEntries(before));
  if (response.status !== 200) throw new Error(`no passkey was asked for: ${await response.text()}`);
  return { browser: nextOf(response, before), challenge: ((await response.json()) as Options).options.challenge };
}

/** Gives the portal what a passkey has signed. */
export const giveAnswer = (browser: Headers, answer: ReturnType<SoftPasskey["signed"]>): Promise<Response> =>
  callWith(browser, "/passkey/sign-in", { answer });

/** Signs in by a passkey in a browser of its own; what differs is said. */
export async function signInBy(passkey: SoftPasskey, said: Partial<Said> = {}) {
  const { browser, challenge } = await atSignIn();
  const response = await giveAnswer(browser, passkey.signed({ challenge, ...said }));
  return { response, browser: nextOf(response, browser) };
}
