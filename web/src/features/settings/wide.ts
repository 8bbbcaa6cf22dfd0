/** Wide enough for the list of sections beside a section; narrower screens show one or the other. */
export const WIDE = "(min-width: 62em)";
