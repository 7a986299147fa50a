import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { vscodeExtensions } from './extensions.ts'

/** Extensions of Visual Studio Code and its relatives. */
export const vscodeExtension: Ecosystem = {
  type: 'vscode-extension',
  title: { en: 'VS Code extensions', ko: 'VS Code 확장' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['VSCode'],
  extractors: [vscodeExtensions],
}
