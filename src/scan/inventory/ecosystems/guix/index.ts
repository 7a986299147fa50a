import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { guixTraits } from './traits.ts'

/** Found by nix/store.ts, as both stores have one form. */
export const guix: Ecosystem = { ...guixTraits, extractors: [] }
