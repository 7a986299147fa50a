/** An image that a file names. */
export interface NamedImage {
  /** As the file has it, variables filled in as far as they have values. */
  image: string
  /** 1-based. */
  where: { path: string; line: number }
  /** `linux/arm64`, where the file asks for one. */
  platform?: string
  /** Variables without a value: the name is not whole. */
  unresolved?: string[]
}

/** What a line says of an image, variables not yet filled in. */
export interface RawImage {
  text: string
  line: number
  platform?: string
}
