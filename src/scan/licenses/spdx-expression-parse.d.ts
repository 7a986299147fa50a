/** The package brings no types of its own. Throws Error for what is no SPDX expression. */
declare module 'spdx-expression-parse' {
  export type Info =
    | { license: string; plus?: true; exception?: string }
    | { conjunction: 'and' | 'or'; left: Info; right: Info }
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default function parse(expression: string): Info
}
