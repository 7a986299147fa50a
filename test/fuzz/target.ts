export interface FuzzTarget {
  name: string
  samples: readonly Buffer[]
  read(input: Buffer): unknown
  /** Whether it refuses by throwing. What reads an artifact's own files never does. */
  mayThrow: boolean
}
