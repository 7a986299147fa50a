import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { manifest } from './manifest.ts'
import { project } from './project.ts'
import { juliaTraits } from './traits.ts'

export const julia: Ecosystem = {
  ...juliaTraits,
  extractors: [manifest, project],
}
