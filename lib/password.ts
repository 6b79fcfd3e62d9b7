/** How long a password that people choose is, in characters. Length is what counts, so no rule asks for digits or signs. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
