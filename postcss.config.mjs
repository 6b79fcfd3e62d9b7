/** Tailwind 4 needs no other PostCSS plug-in: it prefixes, nests and minifies by itself. */
export default { plugins: { "@tailwindcss/postcss": {} } };
