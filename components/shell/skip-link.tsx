/** The first stop of the Tab key on every page. `main` carries the id. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="-translate-y-24 fixed top-3 left-3 z-50 rounded-md bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0 focus:shadow-lg"
    >
      Skip to the page
    </a>
  );
}
