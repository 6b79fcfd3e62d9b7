/** Whether a field may take the focus by itself: with a finger the keyboard would cover what is to be read. */
export const hasFinePointer = () => window.matchMedia("(pointer: fine)").matches;
