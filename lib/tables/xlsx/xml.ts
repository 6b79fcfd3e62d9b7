import { Parser } from "saxen";

export interface XmlVisitor {
  /** Names come without their prefixes, which programs choose as they like. */
  open?: (name: string, attributes: ReadonlyMap<string, string>) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);

/**
 * Goes through XML. Entities other than XML's own stay as they are written, and nothing outside the text is ever fetched.
 * @throws Error where it isn't well-formed
 */
export function visitXml(xml: string, { open, close, text }: XmlVisitor): void {
  const parser = new Parser();
  // What it throws itself it would only warn of.
  let failure: Error | undefined;
  parser.on("error", (error) => {
    failure ??= error;
  });
  if (open)
    parser.on("openTag", (name, attributesOf, decode) => {
      const attributes = Object.entries(attributesOf()).map(([key, value]) => [local(key), decode(value)] as const);
      open(local(name), new Map(attributes));
    });
  if (close) parser.on("closeTag", (name) => close(local(name)));
  if (text) {
    parser.on("text", (raw, decode) => text(decode(raw)));
    parser.on("cdata", text);
  }
  parser.parse(xml.replace(/^\uFEFF/, ""));
  if (failure) throw failure;
}
