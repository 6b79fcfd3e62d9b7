import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { connectionTo } from "./connection";

// Migrations, backups and restores reach every database that the portal reaches by the same address.

test("a host by its IPv6 address, and by its socket", () => {
  expect(connectionTo("postgresql://chukta:x@[2001:db8::7]:6000/books")).toMatchObject({
    host: "2001:db8::7",
    port: 6000,
    user: "chukta",
    password: "x",
    database: "books",
    ssl: false,
  });
  expect(connectionTo("postgresql:///books?host=/var/run/postgresql&user=chukta")).toMatchObject({
    host: "/var/run/postgresql",
    user: "chukta",
    database: "books",
  });
});

test("a server whose certificate is of an authority of one's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "chukta-authority-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const authority = join(folder, "ca.pem");
  writeFileSync(authority, "the authority's certificate");
  const { ssl } = connectionTo(`postgresql://chukta:x@db.example/books?sslmode=verify-full&sslrootcert=${authority}`);
  expect(ssl).toMatchObject({ ca: "the authority's certificate" });
  rmSync(authority);
  expect(() => connectionTo(`postgresql://db.example/books?sslrootcert=${authority}`)).toThrow(
    /DATABASE_URL can't be used/,
  );
});

test("another database of the same server, and an address that is none", () => {
  expect(connectionTo("postgresql://a:b%23c@db.example/books", "other")).toMatchObject({
    database: "other",
    password: "b#c",
    port: 5432,
  });
  expect(() => connectionTo("postgresql://a:b#c@db.example/books")).toThrow("%23");
  expect(() => connectionTo("postgresql://a:b@c/d#e@db.example/books")).toThrow("%23");
  expect(() => connectionTo("mysql://db.example/books")).toThrow("DATABASE_URL must begin with postgresql://.");
});
