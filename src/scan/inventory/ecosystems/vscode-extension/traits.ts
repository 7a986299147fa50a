import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Extensions of Visual Studio Code and its relatives. */
export const vscodeExtensionTraits: EcosystemTraits = {
  type: 'vscode-extension',
  title: { en: 'VS Code extensions', ko: 'VS Code 확장' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['VSCode'],
}
