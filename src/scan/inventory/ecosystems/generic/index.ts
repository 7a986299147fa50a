import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { binary } from './binary.ts'
import { busyboxCopies } from './busybox.ts'
import { elfNote } from './elf-note.ts'
import { gguf } from './gguf.ts'
import { linuxKernel } from './kernel.ts'
import { javaRuntime, runtimeVersion } from './runtimes.ts'
import { toolVersions } from './tool-versions.ts'
import { genericTraits } from './traits.ts'

export const generic: Ecosystem = {
  ...genericTraits,
  extractors: [binary, busyboxCopies, elfNote, linuxKernel, javaRuntime, runtimeVersion, toolVersions, gguf],
}
