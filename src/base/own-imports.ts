const sources = new URL('../', import.meta.url).href

/**
 * Of a checkout: from here on each import of a file of ours is taken as it stands, since every one names its file. Node would look for that file, for what links
 * to it and for the package around it first: a tenth of the time that a command takes. A bundle has nothing to find; a file that is not there is
 * told when it is read.
 */
export function takeOwnImports(): void {
  if (!import.meta.url.endsWith('.ts')) return
  process.getBuiltinModule('node:module').registerHooks?.({
    resolve(specifier, context, next) {
      const { parentURL = '' } = context
      if (!specifier.startsWith('.') || !specifier.endsWith('.ts') || !parentURL.startsWith(sources))
        return next(specifier, context)
      return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true }
    },
  })
}
